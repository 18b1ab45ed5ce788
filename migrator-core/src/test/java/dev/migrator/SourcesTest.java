package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.DuplicateVersionPolicy;
import dev.migrator.config.NamingConvention;
import dev.migrator.internal.source.MigrationSource;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An application of Java migrations alone may have no place for scripts. */
class SourcesTest {

  @Test
  void aPlaceThatCannotBeReadIsNotTakenForNone() {
    assertThat(inventory(false).notes()).isEmpty();
    assertThatThrownBy(() -> inventory(true).notes())
        .hasMessageContaining("cannot be read: a jar is damaged");
  }

  private static Inventory inventory(boolean damaged) {
    ClassLoader loader = new ClassLoader(null) {
      @Override
      protected Enumeration<URL> findResources(String name) throws IOException {
        if (damaged) {
          throw new IOException("a jar is damaged");
        }
        return Collections.emptyEnumeration();
      }
    };
    MigrationSource scripts = new MigrationSource(
        List.of("classpath:db/migration"),
        loader,
        new MigrationSource.Settings(
            NamingConvention.AUTOMATIC, false, false, DuplicateVersionPolicy.REFUSE));
    return new Sources(scripts, List.of(), true, null).takeScripts();
  }
}
