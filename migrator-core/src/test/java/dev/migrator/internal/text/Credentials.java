package dev.migrator.internal.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Random passwords, and the texts in which one may stand, each written as whoever reads that text needs it. */
public final class Credentials {

  private static final String ORDINARY = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  private static final String SPECIAL = "'\"\\`:@/?#%&=;,$!~*+-_.()[]{}<>|^ ";

  private static final int PIECE = 5;

  private Credentials() {}

  /** A password of 10 to 24 characters, every third of which is special. It begins and ends with an ordinary one. */
  public static String random(Random random) {
    int length = 10 + random.nextInt(15);
    StringBuilder secret = new StringBuilder();
    for (int i = 0; i < length; i++) {
      boolean special = i > 0 && i < length - 1 && random.nextInt(3) == 0;
      String from = special ? SPECIAL : ORDINARY;
      secret.append(from.charAt(random.nextInt(from.length())));
    }
    return secret.toString();
  }

  /** The texts, by what they are. */
  public static Map<String, String> texts(String secret) {
    String encoded = encoded(secret);
    String word = secret.replaceAll("\\s", "_");
    String sql = "'" + secret.replace("'", "''") + "'";
    String conninfo = "'" + secret.replace("\\", "\\\\").replace("'", "\\'") + "'";
    String unquoted = secret.replaceAll("([\\\\'\\s])", "\\\\$1");
    UnaryOperator<String> literal = text -> "'" + text.replace("'", "''") + "'";
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(
        "URL, encoded",
        "cannot reach postgresql://app:" + encoded + "@db.example:5432/shop?sslmode=require today");
    texts.put("URL, raw", "cannot reach postgresql://app:" + word + "@db.example:5432/shop today");
    // What follows an @ or a number there may as well be the next words of a sentence.
    String blanks = "x" + secret.replace("@", "_");
    texts.put(
        "URL, with blanks", "cannot reach postgresql://app:" + blanks + "@db.example:5432/shop");
    texts.put(
        "URL, quoted",
        "cannot reach \"postgresql://app:" + secret.replace("\"", "") + "@db.example/shop\" today");
    texts.put(
        "JDBC, encoded",
        "jdbc:postgresql://db.example/shop?user=app&password=" + encoded + "&ssl=true");
    texts.put(
        "JDBC, raw",
        "jdbc:postgresql://db.example/shop?password=" + word.replace("&", "_") + "&ssl=true");
    texts.put("JDBC, opaque", "jdbc:postgresql:shop?password=" + encoded);
    texts.put(
        "key of a key", "jdbc:postgresql://db.example/shop?sslpassword=" + encoded + "&ssl=true");
    texts.put("conninfo, quoted", "host=db.example password=" + conninfo + " dbname=shop");
    texts.put("conninfo, unquoted", "host=db.example password=" + unquoted + " dbname=shop");
    texts.put("conninfo, blanks around", "host=db.example password = " + conninfo + " dbname=shop");
    texts.put(
        "dblink", "select dblink_connect(" + literal.apply("host=h password=" + conninfo) + ")");
    texts.put(
        "dblink, unquoted",
        "select dblink('host=h password=" + unquoted.replace("'", "''")
            + " dbname=x', 'select 1')");
    texts.put(
        "subscription",
        "create subscription s connection " + literal.apply("password=" + conninfo)
            + " publication p");
    texts.put("CREATE ROLE", "create role app login password " + sql + " valid until 'infinity'");
    texts.put("ALTER USER", "ALTER USER app WITH ENCRYPTED PASSWORD " + sql + ";");
    texts.put(
        "escaped",
        "create role app password E'" + secret.replace("\\", "\\\\").replace("'", "\\'") + "';");
    texts.put("dollars", "create role app password $x$" + secret.replace("$", "") + "$x$ login");
    texts.put("commented", "create role app password /* of 'it' */ " + sql);
    texts.put("two lines", "create role app\n  password\n  " + sql + ";");
    texts.put(
        "user mapping",
        "create user mapping for app server s options (user 'app', password " + sql + ")");
    texts.put(
        "in code",
        "do $do$ begin execute " + literal.apply("alter role app password " + sql) + "; end $do$");
    texts.put("setting", "set app.password = " + sql);
    texts.put("crypt", "insert into users values ('app', crypt(" + sql + ", gen_salt('bf')))");
    texts.put("environment", "PGHOST=h\nPGPASSWORD=" + secret + "\nPGUSER=app");
    texts.put("shell", "PGPASSWORD='" + secret.replace("'", "'\\''") + "' psql -h db.example");
    texts.put("properties", "{user=app, password=" + secret.replaceAll(", |}", "") + ", ssl=true}");
    texts.put(
        "JSON",
        "{\"user\": \"app\", \"password\": \"" + secret.replace("\\", "\\\\").replace("\"", "\\\"")
            + "\"}");
    texts.put("YAML", "datasource:\n  password: " + secret + "\n  user: app");
    texts.put("option", "psql --password " + word + " -h db.example");
    texts.put("option, equals", "run --db-password=" + word + " -h db.example");
    texts.put(
        "missing equals",
        "missing \"=\" after \"" + secret.replace("\"", "") + "\" in connection info string");
    texts.put("bad percent", "invalid percent-encoded token: \"" + secret.replace("\"", "") + "\"");
    texts.put("bad port", "invalid port number: \"" + secret.replace("\"", "") + "\"");
    texts.put(
        "host",
        "could not translate host name \"" + secret.replace("\"", "") + "@db.example\" to address");
    texts.put("cut off", "create role app password " + sql.substring(0, sql.length() - 1));
    return texts;
  }

  /** As it stands in a URL. */
  public static String encoded(String secret) {
    return URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Whether a text holds a piece of a password, as it is or as it stands in a URL, that is too long for an accident. */
  public static boolean leaks(String shown, String secret) {
    for (String form : List.of(secret, encoded(secret), secret.replace("'", "''"))) {
      for (int i = 0; i + PIECE <= form.length(); i++) {
        if (shown.contains(form.substring(i, i + PIECE))) {
          return true;
        }
      }
    }
    return false;
  }
}
