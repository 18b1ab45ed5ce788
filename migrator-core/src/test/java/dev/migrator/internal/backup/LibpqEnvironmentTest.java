package dev.migrator.internal.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-server")
class LibpqEnvironmentTest {

  @Test
  void aProgramGetsNoAddressThatIsMeantForMigratorAndComplainsInEnglish() {
    Map<String, String> environment = new HashMap<>(Map.of(
        "DATABASE_URL", "postgresql://u:topsecret@h/d",
        "MIGRATOR_URL", "postgresql://u:topsecret@h/d",
        "MIGRATOR_BACKUP_URL", "postgresql://u:topsecret@h/d",
        "MIGRATOR_SERVER", "postgresql://u:topsecret@h/d",
        "PGPASSWORD", "topsecret",
        "PGPASSFILE", "/home/ada/.pgpass",
        "LC_ALL", "de_DE.UTF-8",
        "PATH", "/bin"));
    LibpqEnvironment.clear(environment);
    assertThat(environment)
        .isEqualTo(Map.of(
            "PGPASSFILE", "/home/ada/.pgpass",
            "LC_CTYPE", "de_DE.UTF-8",
            "LC_MESSAGES", "C",
            "PATH", "/bin"));
  }
}
