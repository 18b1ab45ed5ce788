package dev.migrator.internal.backup;

import dev.migrator.config.Backup.Encryption;
import dev.migrator.config.Backup.Encryption.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The commands that encrypt for a public key and decrypt with a private one, from standard input to standard output. */
record Envelope(Tool tool, Path program) {

  /** The tool's, which must be there. */
  static Envelope of(Tool tool, Programs programs) {
    return new Envelope(tool, programs.other(name(tool)));
  }

  static String name(Tool tool) {
    return tool.name().toLowerCase(Locale.ROOT);
  }

  /** What it adds to a file's name. */
  static String suffix(Tool tool) {
    return "." + name(tool);
  }

  ProcessBuilder encrypting(Encryption encryption) {
    return switch (tool) {
      case AGE -> process("--encrypt", "--recipient", encryption.recipient());
      // Whoever names a key in a setting trusts it.
      case GPG ->
        process(
            "--batch",
            "--no-tty",
            "--quiet",
            "--trust-model",
            "always",
            "--encrypt",
            "--recipient",
            encryption.recipient());
    };
  }

  /**
   * Decrypting.
   *
   * @param identity the file of the private key; {@code null} where the program knows it
   */
  ProcessBuilder decrypting(@Nullable Path identity) {
    if (tool == Tool.GPG) {
      return process("--batch", "--no-tty", "--quiet", "--decrypt");
    }
    return identity == null
        ? process("--decrypt")
        : process("--decrypt", "--identity", identity.toString());
  }

  private ProcessBuilder process(String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    LibpqEnvironment.clear(builder.environment());
    return builder;
  }
}
