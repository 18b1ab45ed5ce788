package dev.migrator.internal.text;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Puts into words what went wrong around a file: the exceptions of files have a path only for a message. */
public final class FileFailures {

  private FileFailures() {}

  /** What happened, in one sentence without a full stop, without the names of classes and without secrets. */
  public static String words(IOException e) {
    if (e instanceof FileSystemException file && file.getReason() == null) {
      return problem(e) + file.getFile();
    }
    if (e instanceof CharacterCodingException) {
      return "it is not UTF-8";
    }
    return Redaction.redact(
        e.getMessage() == null ? "the operating system refused" : e.getMessage());
  }

  private static String problem(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "access denied to ";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no ";
    }
    if (e instanceof NotDirectoryException) {
      return "this is no folder: ";
    }
    return e instanceof FileAlreadyExistsException
        ? "there is already something else at "
        : "cannot use ";
  }
}
