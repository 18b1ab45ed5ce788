package dev.migrator.internal.sql;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares what the splitter finds with what psql sends. */
final class Differential {

  private Differential() {}

  /** The first place where the two do not agree, or {@code null} when they agree to the byte. */
  static @Nullable String firstDifference(List<Statement> ours, List<Sent> all) {
    List<Sent> sent = all.stream().filter(query -> !query.isEmpty()).toList();
    for (int i = 0; i < Math.max(ours.size(), sent.size()); i++) {
      if (i >= ours.size()) {
        return "psql sends more: " + sent.get(i).statement();
      }
      Statement statement = ours.get(i);
      if (i >= sent.size()) {
        return statement.position() + ": psql does not send " + statement.text();
      }
      if (!sent.get(i).is(statement.text())) {
        return statement.position() + ": the splitter finds\n" + statement.text()
            + "\nand psql sends\n" + sent.get(i).statement();
      }
      String data = ScriptText.copyData(statement);
      if (!Objects.equals(data, sent.get(i).data())) {
        return statement.position() + ": the splitter finds the data\n" + data
            + "\nand psql sends\n" + sent.get(i).data();
      }
    }
    return null;
  }
}
