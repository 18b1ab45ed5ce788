package dev.migrator.internal.source;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * A folder of a jar, by the jar's directory as it stands at the file's end (the ZIP format's APPNOTE, 4.3.7, 4.3.12 and
 * 4.3.16). The library's own reader makes something of every entry; here thousands of them are only summed, at every start of
 * an application.
 */
final class JarFolder implements AutoCloseable {

  private static final int END_SIGNATURE = 0x06054b50;
  private static final int ENTRY_SIGNATURE = 0x02014b50;
  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int END_LENGTH = 22;
  private static final int ENTRY_LENGTH = 46;
  private static final int LOCAL_LENGTH = 30;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  /** By how much a deflated file can grow at the most (RFC 1951: 258 bytes for two bits). */
  private static final long MOST_FOLD = 1032;

  private static final int LONGEST_COMMENT = 0xFFFF;

  /**
   * The jars that were looked into in vain, each as it was then: an application with sixty libraries would look into sixty
   * jars at every start, and the answer changes only when a jar does.
   *
   * <p>Texts, because a record's {@code equals} is linked at its first call, which takes longer than to look into ten jars.
   */
  private static final Map<String, String> ABSENT = new ConcurrentHashMap<>();

  private static final int MOST_REMEMBERED = 10_000;

  private final RandomAccessFile file;
  private final @Nullable Directory directory;
  private final byte[] prefix;

  private JarFolder(RandomAccessFile file, @Nullable Directory directory, byte[] prefix) {
    this.file = file;
    this.directory = directory;
    this.prefix = prefix;
  }

  /** A jar's directory. No record: an array is no value. */
  private static final class Directory {

    private final byte[] entries;

    /** By how much the jar begins behind the file's beginning: a program may stand before it. */
    private final long shift;

    Directory(byte[] entries, long shift) {
      this.entries = entries;
      this.shift = shift;
    }
  }

  /**
   * Opens a jar for a look at a folder.
   *
   * @param folder the folder, without slashes at its ends
   */
  static JarFolder open(Path jar, String folder) throws IOException {
    RandomAccessFile file = open(jar);
    try {
      return new JarFolder(file, directory(file), prefix(folder));
    } catch (IOException | RuntimeException | Error e) {
      try (file) {
        throw e;
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /**
   * The sum of the folder's files.
   *
   * @param wanted which paths within it count
   * @return {@code null} for a jar of a kind that this does not read, for example one above 4 GB
   */
  @Nullable
  FolderSum sum(Predicate<String> wanted) {
    return directory == null ? null : sum(directory.entries, wanted);
  }

  /**
   * The content of one of the folder's files.
   *
   * @return {@code null} when there is no such file, or the jar or the file is of a kind that this does not read
   */
  byte @Nullable [] content(String name) throws IOException {
    if (directory == null) {
      return null;
    }
    byte[] entries = directory.entries;
    byte[] path = Arrays.copyOf(prefix, prefix.length + name.length());
    System.arraycopy(
        name.getBytes(StandardCharsets.US_ASCII), 0, path, prefix.length, name.length());
    int at = 0;
    for (int next = next(entries, at); next > at; next = next(entries, at)) {
      if (unsignedShort(entries, at + 28) == path.length
          && Arrays.equals(
              entries, at + ENTRY_LENGTH, at + ENTRY_LENGTH + path.length, path, 0, path.length)) {
        return content(
            unsignedInt(entries, at + 42) + directory.shift,
            unsignedShort(entries, at + 10),
            unsignedInt(entries, at + 20),
            unsignedInt(entries, at + 24));
      }
      at = next;
    }
    return null;
  }

  /**
   * A file's content.
   *
   * @param start where its own head begins
   * @param method how it is packed
   * @param packed how long it is so
   * @param size how long it is
   */
  private byte @Nullable [] content(long start, int method, long packed, long size)
      throws IOException {
    boolean possible = method == STORED ? size == packed : size <= MOST_FOLD * (packed + 1);
    if (!possible
        || size > Integer.MAX_VALUE
        || packed > Integer.MAX_VALUE
        || start + LOCAL_LENGTH + packed > file.length()) {
      return null;
    }
    byte[] head = read(file, start, LOCAL_LENGTH);
    if (unsignedInt(head, 0) != LOCAL_SIGNATURE) {
      return null;
    }
    byte[] content =
        read(file, start + LOCAL_LENGTH + unsignedShort(head, 26) + unsignedShort(head, 28), (int)
            packed);
    return switch (method) {
      case STORED -> content;
      case DEFLATED -> inflated(content, (int) size);
      default -> null;
    };
  }

  private static byte @Nullable [] inflated(byte[] content, int size) {
    byte[] target = new byte[size];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(content);
      int length = 0;
      while (length < size && !inflater.finished()) {
        int more = inflater.inflate(target, length, size - length);
        if (more == 0) {
          return null;
        }
        length += more;
      }
      return length == size ? target : null;
    } catch (DataFormatException e) {
      return null;
    } finally {
      inflater.end();
    }
  }

  /** Whether a jar has anything in a folder. */
  static boolean holds(Path jar, String folder) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(jar, BasicFileAttributes.class);
    String version = attributes.size() + " "
        + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) + " " + attributes.fileKey();
    String absence = folder + " " + jar;
    if (version.equals(ABSENT.get(absence))) {
      return false;
    }
    boolean holds = looksInto(jar, folder);
    if (!holds) {
      if (ABSENT.size() >= MOST_REMEMBERED) {
        ABSENT.clear();
      }
      ABSENT.put(absence, version);
    }
    return holds;
  }

  private static boolean looksInto(Path jar, String folder) throws IOException {
    try (JarFolder own = open(jar, folder)) {
      if (own.directory != null) {
        byte[] entries = own.directory.entries;
        int at = 0;
        for (int next = next(entries, at); next > at; next = next(entries, at)) {
          if (startsWith(entries, at, own.prefix)) {
            return true;
          }
          at = next;
        }
        if (at == entries.length) {
          return false;
        }
      }
    }
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      return file.stream().anyMatch(e -> e.getName().startsWith(folder + "/"));
    }
  }

  private @Nullable FolderSum sum(byte[] directory, Predicate<String> wanted) {
    FolderSum sum = new FolderSum();
    int at = 0;
    for (int next = next(directory, at); next > at; next = next(directory, at)) {
      int end = at + ENTRY_LENGTH + unsignedShort(directory, at + 28);
      if (startsWith(directory, at, prefix) && directory[end - 1] != '/') {
        int relative = at + ENTRY_LENGTH + prefix.length;
        String path = new String(directory, relative, end - relative, StandardCharsets.UTF_8);
        if (wanted.test(path)) {
          sum.add(
              directory,
              relative,
              end,
              unsignedInt(directory, at + 24),
              unsignedInt(directory, at + 16));
        }
      }
      at = next;
    }
    return at == directory.length ? sum : null;
  }

  private static byte[] prefix(String folder) {
    return (folder.isEmpty() ? "" : folder + "/").getBytes(StandardCharsets.UTF_8);
  }

  /** Where the entry behind this one begins; this one's place when there is no whole entry at it. */
  private static int next(byte[] directory, int at) {
    if (at + ENTRY_LENGTH > directory.length || unsignedInt(directory, at) != ENTRY_SIGNATURE) {
      return at;
    }
    int next = at
        + ENTRY_LENGTH
        + unsignedShort(directory, at + 28)
        + unsignedShort(directory, at + 30)
        + unsignedShort(directory, at + 32);
    return next <= directory.length ? next : at;
  }

  /** No channel: a class loader has read jars through this class before, so that nothing needs to be loaded for it. */
  private static RandomAccessFile open(Path jar) throws IOException {
    return new RandomAccessFile(jar.toFile(), "r");
  }

  private static @Nullable Directory directory(RandomAccessFile file) throws IOException {
    // Hardly any jar has a comment, and the longest would be many times the rest of what is read.
    Directory directory = directory(file, 0);
    return directory == null ? directory(file, LONGEST_COMMENT) : directory;
  }

  private static @Nullable Directory directory(RandomAccessFile file, int longestComment)
      throws IOException {
    long size = file.length();
    int tail = (int) Math.min(size, END_LENGTH + longestComment);
    byte[] end = read(file, size - tail, tail);
    for (int i = tail - END_LENGTH; i >= 0; i--) {
      if (unsignedInt(end, i) == END_SIGNATURE
          && i + END_LENGTH + unsignedShort(end, i + 20) == tail) {
        long length = unsignedInt(end, i + 12);
        long start = size - tail + i - length;
        boolean plain = unsignedShort(end, i + 10) < 0xFFFF && length < Integer.MAX_VALUE;
        return plain && start >= 0
            ? new Directory(read(file, start, (int) length), start - unsignedInt(end, i + 16))
            : null;
      }
    }
    return null;
  }

  private static byte[] read(RandomAccessFile file, long from, int length) throws IOException {
    byte[] target = new byte[length];
    file.seek(from);
    file.readFully(target);
    return target;
  }

  // By hand: a buffer does the same in ten calls, and at the start of a process none of them is
  // compiled.

  private static int unsignedShort(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
  }

  private static long unsignedInt(byte[] bytes, int at) {
    return unsignedShort(bytes, at) | (long) unsignedShort(bytes, at + 2) << 16;
  }

  private static boolean startsWith(byte[] directory, int at, byte[] prefix) {
    int name = at + ENTRY_LENGTH;
    return unsignedShort(directory, at + 28) > prefix.length
        && Arrays.equals(directory, name, name + prefix.length, prefix, 0, prefix.length);
  }
}
