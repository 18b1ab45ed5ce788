package dev.migrator.micronaut;

import dev.migrator.config.Backup;
import dev.migrator.config.Backup.Encryption;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.BackupReport;
import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The backup of one data source before its migrations.
 *
 * @param name the data source's name
 * @param backup when there is one: {@code off} (default), {@code production}, {@code always}; it needs {@code pg_dump}
 * @param backupDirectory where it is written; default {@code backups/migrations}
 * @param backupFormat {@code plain} (default), {@code custom} or {@code directory}
 * @param backupJobs how many processes write the directory format
 * @param backupEncrypt for whom it is encrypted: {@code age:age1...} or {@code gpg:ops@example.com}
 * @param backupPrograms the folder of {@code pg_dump}; default: looked for
 * @param backupKeep how many backups stay in the directory; {@code 0}: all
 * @param backupRestorePoint whether a restore point is set too, where the role may
 */
@EachProperty(DataSourceSettings.PREFIX)
record BackupSettings(
    @Parameter String name,
    @Nullable String backup,
    @Nullable String backupDirectory,
    @Nullable String backupFormat,
    @Bindable(defaultValue = "1") int backupJobs,
    @Nullable String backupEncrypt,
    @Nullable String backupPrograms,
    @Bindable(defaultValue = "0") int backupKeep,
    @Bindable(defaultValue = "false") boolean backupRestorePoint) {

  static final Set<String> KEYS = Set.of(
      "backup",
      "backup-directory",
      "backup-format",
      "backup-jobs",
      "backup-encrypt",
      "backup-programs",
      "backup-keep",
      "backup-restore-point");

  /** The backup of a data source about which nothing was said. */
  static BackupSettings defaults(String name) {
    return new BackupSettings(name, null, null, null, 1, null, null, 0, false);
  }

  /**
   * Says when and how there is one.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when a value cannot be used
   */
  Backup applyTo(Backup defaults) {
    Backup changed = defaults.restorePoint(backupRestorePoint);
    if (backup != null) {
      changed = changed.when(SettingValues.choice(property("backup"), backup, Backup.When.class));
    }
    if (backupDirectory != null) {
      changed = changed.directory(path("backup-directory", backupDirectory));
    }
    if (backupFormat != null) {
      changed = changed.format(
          SettingValues.choice(property("backup-format"), backupFormat, BackupReport.Format.class));
    }
    if (backupEncrypt != null) {
      changed = changed.encryption(encryption(backupEncrypt.strip()));
    }
    if (backupPrograms != null) {
      changed = changed.programs(path("backup-programs", backupPrograms));
    }
    return numbers(changed);
  }

  private Backup numbers(Backup changed) {
    if (backupJobs < 1 || backupJobs > 64) {
      throw SettingValues.cannotBe(
          property("backup-jobs"), Integer.toString(backupJobs), "a number from 1 to 64");
    }
    if (backupKeep < 0) {
      throw SettingValues.cannotBe(
          property("backup-keep"), Integer.toString(backupKeep), "0 or a number above");
    }
    return changed.jobs(backupJobs).keepLast(backupKeep);
  }

  /** Without the value in the message: somebody may have taken the private key for the public one. */
  private Encryption encryption(String value) {
    try {
      if (value.startsWith("age:")) {
        return Encryption.age(value.substring("age:".length()));
      }
      if (value.startsWith("gpg:")) {
        return Encryption.gpg(value.substring("gpg:".length()));
      }
    } catch (IllegalArgumentException e) {
      throw SettingValues.cannotBe(property("backup-encrypt"), "..", "a public key: age:age1...");
    }
    throw SettingValues.cannotBe(
        property("backup-encrypt"), "..", "age:age1... or gpg:ops@example.com");
  }

  private Path path(String key, String value) {
    try {
      return Path.of(value.strip());
    } catch (InvalidPathException e) {
      throw SettingValues.cannotBe(property(key), value, "a path");
    }
  }

  /** Without the recipient, which somebody may have mistaken. */
  @Override
  public String toString() {
    return "BackupSettings[" + name + "]";
  }

  private String property(String key) {
    return DataSourceSettings.property(name, key);
  }
}
