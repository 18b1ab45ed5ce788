package dev.migrator.internal.source;

/**
 * What the files of a folder amount to: how many they are, and a sum over their names, sizes and CRCs that does not depend
 * on their order. It tells whether an index still belongs to them; it is no protection against somebody who wants to fool it.
 */
final class FolderSum {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private int files;
  private long sum;

  /**
   * Adds a file.
   *
   * @param name holds its path within the folder, in UTF-8, from one place to another
   * @param crc the CRC-32 of its content
   */
  void add(byte[] name, int from, int to, long size, long crc) {
    long hash = FNV_OFFSET;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (name[i] & 0xFF)) * FNV_PRIME;
    }
    hash = (hash ^ size) * FNV_PRIME;
    hash = (hash ^ crc) * FNV_PRIME;
    // So that two files that change places, or their contents, do not make up for each other.
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    sum += hash ^ (hash >>> 29);
    files++;
  }

  @Override
  public String toString() {
    return files + " files " + Long.toHexString(sum);
  }
}
