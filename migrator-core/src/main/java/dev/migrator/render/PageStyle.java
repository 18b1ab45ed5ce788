package dev.migrator.render;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The look of the pages, and the policy by which a browser applies it and nothing else. */
public final class PageStyle {

  /**
   * The rules that every page has. Every pair of text and ground has a contrast of at least 4.5 to 1, in both schemes (WCAG
   * 2.2, 1.4.3).
   */
  public static final String COMMON = """

      :root {
        color-scheme: light dark;
        --ground: #fff; --raised: #f5f6f8; --text: #1c2127; --faint: #57606a; --line: #d0d7de; --link: #0550ae;
        --good: #116329; --open: #6e5100; --bad: #b3261e; --bar: #1f6feb;
      }
      @media (prefers-color-scheme: dark) {
        :root {
          --ground: #14181d; --raised: #1d232b; --text: #e6e9ed; --faint: #a3adb8; --line: #3a434d; --link: #79b8ff;
          --good: #5fd07a; --open: #e3b341; --bad: #ff8b81; --bar: #6cb0ff;
        }
      }
      * { box-sizing: border-box; }
      body {
        margin: 0 auto; max-width: 66rem; padding: 1rem; background: var(--ground); color: var(--text);
        font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
      }
      h1 { font-size: 1.5rem; line-height: 1.2; margin: .5rem 0; }
      h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
      h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
      a { color: var(--link); }
      :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
      .skip { position: absolute; left: -100rem; }
      .skip:focus { left: 1rem; top: .25rem; background: var(--ground); padding: .25rem .5rem; }
      .result { border: 2px solid; border-radius: 8px; padding: .5rem .75rem; font-weight: 600; }
      .faint { color: var(--faint); }
      .timeline { list-style: none; margin: 0 0 0 .5rem; padding: 0; border-left: 2px solid var(--line); }
      .timeline > li { position: relative; padding: .2rem 0 .2rem 1rem; }
      .timeline > li::before {
        content: ""; position: absolute; left: calc(-.5rem - 1px); top: .9rem; width: 1rem; height: 1rem;
        border-radius: 50%; border: 3px solid var(--ground); background: currentColor;
      }
      .timeline > li > * { color: var(--text); }
      summary { cursor: pointer; padding: .35rem .25rem; border-radius: 4px; }
      summary:hover { background: var(--raised); }
      .row {
        display: inline-grid; width: calc(100% - 1.5rem); vertical-align: top; column-gap: .75rem;
        grid-template-columns: minmax(0, 1fr) auto;
      }
      .time { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
      .bar { grid-column: 1 / -1; display: block; width: 100%; height: .5rem; margin-top: .15rem; }
      .inside { margin: .25rem 0 1rem 1.25rem; }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1rem; margin: .5rem 0; }
      dt { color: var(--faint); } dd { margin: 0; }
      pre {
        background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .75rem;
        white-space: pre-wrap; font: .85rem/1.45 ui-monospace, monospace; tab-size: 4;
      }
      code { font: .9em ui-monospace, monospace; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; vertical-align: top; padding: .2rem .75rem .2rem 0; border-bottom: 1px solid var(--line); }
      @media (max-width: 30rem) { .inside { margin-left: 0; } }
      """;

  /** Of the pages here. */
  static final String CSS = COMMON + """
      :root { --up: var(--bar); --down: #a15c00; --again: #6e7781; }
      @media (prefers-color-scheme: dark) { :root { --down: #e0a458; --again: #8b96a2; } }
      .proved { color: var(--good); } .not-proved { color: var(--open); } .failed { color: var(--bad); }
      .counts { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; list-style: none; margin: 1rem 0; padding: 0; }
      .key { display: inline-block; width: .8rem; height: .8rem; border-radius: 2px; margin-right: .35rem; }
      .up { fill: var(--up); background: var(--up); }
      .down { fill: var(--down); background: var(--down); }
      .again { fill: var(--again); background: var(--again); }
      td.time, th.time { padding-right: 0; }
      @media print { summary { break-after: avoid; } }
      """;

  /** No script, nothing from elsewhere, and of styles only this one, by its hash (Content Security Policy, level 3). */
  static final String POLICY =
      "default-src 'none'; style-src '" + hash(CSS) + "'; base-uri 'none'; form-action 'none'";

  private PageStyle() {}

  /** What a policy calls a style or a script: its hash. */
  public static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
