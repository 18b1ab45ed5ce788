package dev.migrator.render;

import dev.migrator.internal.json.JsonText;

/** A text within a JSON document, for a command whose result is a text. */
public final class TextDocument {

  private TextDocument() {}

  /**
   * The document.
   *
   * @param type what it is
   * @param key the key of the text
   */
  public static String json(String type, String key, String text) {
    return JsonText.document(type, json -> json.put(key, text));
  }
}
