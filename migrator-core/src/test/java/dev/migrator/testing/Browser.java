package dev.migrator.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Chromium without a window, told what to do over its DevTools protocol. Shows one page at a time. */
public final class Browser implements AutoCloseable {

  private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
  private static final Pattern TARGET = Pattern.compile("\"targetId\":\"([^\"]+)\"");
  private static final Pattern SESSION = Pattern.compile("\"sessionId\":\"([^\"]+)\"");
  private static final Pattern ID = Pattern.compile("^\\{\"id\":(\\d+)");
  private static final Pattern VALUE =
      Pattern.compile("\"value\":(\"(?:[^\"\\\\]|\\\\.)*\"|true|false|-?[\\d.]+)");
  private static final Pattern PICTURE = Pattern.compile("\"data\":\"([^\"]+)\"");

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private String session = "";

  private Browser(Process process, URI address) {
    this.process = process;
    this.socket = HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(address, new Listener())
        .join();
  }

  /** The program, where one of those that speak the protocol is installed. */
  public static Optional<Path> program() {
    return Stream.of(
            "chromium-headless-shell",
            "chromium",
            "chromium-browser",
            "google-chrome-stable",
            "google-chrome")
        .flatMap(name -> Programs.find(name).stream())
        .findFirst();
  }

  /** Starts it with a profile of its own and an empty page. */
  public static Browser start(Path profile) {
    Path program = program().orElseThrow();
    try {
      Process process = new ProcessBuilder(
              program.toString(),
              "--headless",
              // Tests run as root in containers, where Chromium's sandbox cannot.
              "--no-sandbox",
              "--disable-gpu",
              "--disable-dev-shm-usage",
              "--no-first-run",
              "--disable-background-networking",
              "--remote-debugging-port=0",
              "--user-data-dir=" + profile,
              "about:blank")
          .redirectErrorStream(true)
          .start();
      Browser browser = new Browser(process, address(process));
      browser.attach();
      return browser;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URI address(Process process) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      Matcher matcher = LISTENING.matcher(line);
      if (matcher.find()) {
        // What it says later would fill the pipe, and stop it.
        Thread drain = new Thread(() -> output.lines().forEach(ignored -> {}), "browser output");
        drain.setDaemon(true);
        drain.start();
        return URI.create(matcher.group(1));
      }
    }
    throw new IOException("the browser ended: " + said);
  }

  private void attach() {
    String target = group(TARGET, call("Target.createTarget", "{\"url\":\"about:blank\"}"));
    session = group(
        SESSION,
        call("Target.attachToTarget", "{\"targetId\":\"" + target + "\",\"flatten\":true}"));
    call("Page.enable", "{}");
    call("Log.enable", "{}");
    call("Network.enable", "{}");
    call("Runtime.enable", "{}");
  }

  /** Shows a file in a window of a size, to somebody who likes {@code light} or {@code dark}; forgets what it told before. */
  public void open(Path file, int width, int height, String scheme) throws InterruptedException {
    open(file.toUri(), width, height, scheme);
  }

  /** Shows a page, as {@link #open(Path, int, int, String)}. */
  public void open(URI address, int width, int height, String scheme) throws InterruptedException {
    events.clear();
    call(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":" + width + ",\"height\":" + height + ",\"deviceScaleFactor\":1,\"mobile\":"
            + (width < 600) + "}");
    call(
        "Emulation.setEmulatedMedia",
        "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + scheme + "\"}]}");
    call("Page.navigate", "{\"url\":\"" + address + "\"}");
    awaitPage();
  }

  /** Does what makes it show another page, and waits for that; forgets what it told before. */
  public void follow(String expression) throws InterruptedException {
    events.clear();
    run(expression);
    awaitPage();
  }

  /** Runs JavaScript that may have no value. */
  public void run(String expression) {
    evaluate("(() => { " + expression + "; return true; })()");
  }

  /** Types text into what has the focus. */
  public void type(String text) {
    call(
        "Input.insertText",
        "{\"text\":\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}");
  }

  private void awaitPage() throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      if (events.stream().anyMatch(event -> event.contains("\"Page.loadEventFired\""))) {
        return;
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException("the page was not loaded: " + events);
  }

  /** The value of an expression of JavaScript, a string without its quotes. */
  public String evaluate(String expression) {
    String answer = call(
        "Runtime.evaluate",
        "{\"returnByValue\":true,\"expression\":\""
            + expression.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ")
            + "\"}");
    String value = group(VALUE, answer);
    return value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
  }

  /** Presses a key. */
  public void press(String key, int code) {
    String text = key.equals("Enter") ? ",\"text\":\"\\r\"" : "";
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          "{\"type\":\"" + type + "\",\"key\":\"" + key + "\",\"code\":\"" + key
              + "\",\"windowsVirtualKeyCode\":" + code + text + "}");
    }
  }

  /** What the page asked for, its own file included. */
  public List<String> requests() {
    return events.stream()
        .filter(event -> event.contains("\"Network.requestWillBeSent\""))
        .toList();
  }

  /** What the browser complained about, a breach of the page's policy for example. */
  public List<String> complaints() {
    return events.stream()
        .filter(event -> event.contains("\"Log.entryAdded\"")
            || event.contains("\"Runtime.exceptionThrown\"")
            || event.contains("\"Runtime.consoleAPICalled\""))
        .toList();
  }

  /** Writes a picture of what is shown, as PNG. */
  public void picture(Path file) {
    String answer = call("Page.captureScreenshot", "{}");
    try {
      Files.write(file, Base64.getDecoder().decode(group(PICTURE, answer)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String call(String method, String parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<String> answer = new CompletableFuture<>();
    answers.put(id, answer);
    String to = session.isEmpty() ? "" : "\"sessionId\":\"" + session + "\",";
    socket
        .sendText(
            "{\"id\":" + id + "," + to + "\"method\":\"" + method + "\",\"params\":" + parameters
                + "}",
            true)
        .join();
    String text = answer.orTimeout(20, TimeUnit.SECONDS).join();
    if (text.startsWith("{\"id\":" + id + ",\"error\"") || text.contains("\"exceptionDetails\"")) {
      throw new IllegalStateException(method + ": " + text);
    }
    return text;
  }

  private static String group(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException(text);
    }
    return matcher.group(1);
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Puts messages together and hands them to who waits. */
  private final class Listener implements WebSocket.Listener {

    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        String text = message.toString();
        message.setLength(0);
        Matcher id = ID.matcher(text);
        CompletableFuture<String> waiting =
            id.find() ? answers.remove(Integer.valueOf(id.group(1))) : null;
        if (waiting == null) {
          events.add(text);
        } else {
          waiting.complete(text);
        }
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}
