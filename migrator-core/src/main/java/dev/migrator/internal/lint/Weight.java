package dev.migrator.internal.lint;

import dev.migrator.internal.lint.Claim.Cost;
import dev.migrator.internal.lint.LintContext.TableSize;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much a finding weighs once the size of its tables is known: how long the work under the lock takes. */
final class Weight {

  /** Up to here the work is over within some milliseconds: the table is in memory, and one process reads it at once. */
  static final long SMALL_ROWS = 10_000;

  /** The same in bytes: 1,000 pages, for wide rows. */
  static final long SMALL_BYTES = 8L << 20;

  /** From here on the work takes seconds at least, longer than requests wait: a million rows a second is a good disk. */
  static final long LARGE_ROWS = 1_000_000;

  /** The same in bytes: some seconds of reading, and three times that of writing. */
  static final long LARGE_BYTES = 1L << 30;

  private Weight() {}

  static Severity of(Finding finding, LintContext context) {
    Severity severity = finding.severity();
    if (!finding.rule().claim().isAbout(context.serverVersion())) {
      return severity;
    }
    boolean grows = false;
    boolean allSmall = true;
    for (Map.Entry<Claim.Role, ObjectName> each : finding.relations().entrySet()) {
      Cost cost = finding.rule().claim().of(each.getKey()).orElse(null);
      TableSize size = context.size(each.getValue());
      if (cost == null || !cost.growsWithSize()) {
        continue;
      }
      grows = true;
      if (size == null || !isSmall(size)) {
        allSmall = false;
      }
      if (size != null && isLarge(size) && cost.lock().compareTo(LockMode.SHARE) >= 0) {
        return Severity.ERROR;
      }
    }
    return grows && allSmall && severity != Severity.ERROR ? Severity.NOTE : severity;
  }

  /** What is wrong, with the sizes of the tables where they are known. */
  static String message(Finding finding, LintContext context) {
    StringBuilder words = new StringBuilder();
    finding.relations().values().stream().distinct().forEach(relation -> {
      TableSize size = context.size(relation);
      if (size != null && size.rows() >= 0) {
        words
            .append(words.isEmpty() ? " (" : ", ")
            .append(relation)
            .append(": ")
            .append(words(size));
      }
    });
    return words.isEmpty()
        ? finding.message()
        : finding.message().replaceFirst("\\.$", "") + words.append(").");
  }

  private static String words(TableSize size) {
    String bytes = size.bytes() < 10 << 20
        ? String.format(Locale.ROOT, "%,d kB", size.bytes() >> 10)
        : String.format(Locale.ROOT, "%,d MB", size.bytes() >> 20);
    return String.format(Locale.ROOT, "about %,d rows, %s", size.rows(), bytes);
  }

  private static boolean isSmall(TableSize size) {
    return size.rows() >= 0 && size.rows() <= SMALL_ROWS && size.bytes() <= SMALL_BYTES;
  }

  private static boolean isLarge(@Nullable TableSize size) {
    return size != null && (size.rows() >= LARGE_ROWS || size.bytes() >= LARGE_BYTES);
  }
}
