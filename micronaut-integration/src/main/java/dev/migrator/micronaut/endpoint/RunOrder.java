package dev.migrator.micronaut.endpoint;

import dev.migrator.micronaut.operate.Runs;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the body of an order says: {@code {"dryRun": true}} or {@code {"dryRun": false}}, and optionally {@code "dataSource":
 * "orders"}. Everything else is refused: what somebody did not write clearly is never applied.
 *
 * <p>It is read here and not by the application's JSON mapper: mappers take the last of two keys of one name, or a text for a
 * truth value, as they are configured.
 *
 * @param kind whether anything is changed
 * @param dataSource the only data source that it is about; {@code null} for all
 */
record RunOrder(Runs.Kind kind, @Nullable String dataSource) {

  /** The longest body; the longest sensible one has some 80 characters. */
  static final int LONGEST = 4096;

  private static final Pattern MEMBER = Pattern.compile(
      "\\G[ \\t\\r\\n]*\"([A-Za-z]{1,64})\"[ \\t\\r\\n]*:[ \\t\\r\\n]*(true|false|\"([A-Za-z0-9_.-]{1,200})\")[ \\t\\r\\n]*([,}])");

  private static final Pattern BEGIN = Pattern.compile("\\A[ \\t\\r\\n]*\\{");

  private static final String FORM = "{\"dryRun\": true} or {\"dryRun\": false}";

  /** Why a body is refused. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  /**
   * Reads a body.
   *
   * @throws Unreadable when it does not say in so many words what is wanted
   */
  static RunOrder of(String body) throws Unreadable {
    if (body.isBlank()) {
      throw new Unreadable("There is no body. Send " + FORM + ".");
    }
    Matcher begin = BEGIN.matcher(body);
    if (!begin.find()) {
      throw new Unreadable("The body is no JSON object. Send " + FORM + ".");
    }
    Set<String> keys = new HashSet<>();
    Optional<Boolean> dryRun = Optional.empty();
    String dataSource = null;
    Matcher member = MEMBER.matcher(body).region(begin.end(), body.length());
    boolean more = true;
    while (more) {
      if (!member.find()) {
        throw new Unreadable("The body cannot be read. Send " + FORM + ".");
      }
      String key = member.group(1);
      if (!keys.add(key)) {
        throw new Unreadable("\"" + key + "\" is there twice.");
      }
      boolean isText = member.group(3) != null;
      if (key.equals("dryRun") && !isText) {
        dryRun = Optional.of(Boolean.valueOf(member.group(2)));
      } else if (key.equals("dataSource") && isText) {
        dataSource = member.group(3);
      } else if (key.equals("dryRun") || key.equals("dataSource")) {
        throw new Unreadable("\"" + key + "\" has a value of the wrong type.");
      } else {
        throw new Unreadable("There is no field \"" + key + "\": send " + FORM + ".");
      }
      more = member.group(4).equals(",");
    }
    if (!body.substring(member.end()).isBlank()) {
      throw new Unreadable("Something follows the JSON object.");
    }
    if (dryRun.isEmpty()) {
      throw new Unreadable("\"dryRun\" is missing: nothing is applied unless it says so.");
    }
    return new RunOrder(dryRun.get() ? Runs.Kind.DRY_RUN : Runs.Kind.APPLY, dataSource);
  }
}
