package dev.migrator.render;

import dev.migrator.internal.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/** An operation as one line of a file of many: its verb, its exit code, and the document that it printed or would have printed. */
public final class OperationLine {

  private OperationLine() {}

  /**
   * The line, ended by a newline.
   *
   * @param document the JSON document of the result or of the failure
   */
  public static String of(Instant time, String verb, int exitCode, Duration took, String document) {
    String head = joined(JsonText.object(json -> json.put("time", time.toString())
        .put("verb", verb)
        .put("exitCode", exitCode)
        .put("durationMs", took.toMillis())));
    return head.substring(0, head.length() - 1) + ", \"result\": " + joined(document) + "}\n";
  }

  /** Within a string a line's end is escaped, so what is left of them only divides. */
  private static String joined(String document) {
    return document
        .lines()
        .map(String::strip)
        .collect(Collectors.joining(" "))
        .strip()
        .replace("{ ", "{")
        .replace(" }", "}");
  }
}
