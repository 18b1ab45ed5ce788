package dev.migrator.demo;

import dev.migrator.verify.junit.MigrationTest;
import dev.migrator.verify.junit.MigrationTests;

@MigrationTest(locations = "classpath:db/archive", server = "embedded")
class ArchiveRollbackTest implements MigrationTests {}
