package dev.migrator.internal.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The pieces of a text that are secrets, and the text without them. */
final class Spans {

  private final String text;
  private final List<Span> spans = new ArrayList<>();

  /**
   * A piece.
   *
   * @param shown what stands in its place
   */
  private record Span(int start, int end, String shown) {}

  Spans(String text) {
    this.text = text;
  }

  void hide(int start, int end, String shown) {
    if (end > start) {
      spans.add(new Span(start, end, shown));
    }
  }

  /** What each of them holds, as it stands there. */
  List<String> contents() {
    return spans.stream().map(span -> text.substring(span.start(), span.end())).toList();
  }

  /** The text with each of them replaced; those that overlap are one. */
  String replaced() {
    if (spans.isEmpty()) {
      return text;
    }
    spans.sort(
        Comparator.comparingInt(Span::start).thenComparing(Span::end, Comparator.reverseOrder()));
    StringBuilder result = new StringBuilder(text.length());
    int done = 0;
    for (Span span : spans) {
      if (span.start() >= done) {
        result.append(text, done, span.start()).append(span.shown());
      }
      done = Math.max(done, span.end());
    }
    return result.append(text, done, text.length()).toString();
  }
}
