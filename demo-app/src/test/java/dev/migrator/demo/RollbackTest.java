package dev.migrator.demo;

import dev.migrator.verify.junit.MigrationTest;
import dev.migrator.verify.junit.MigrationTests;

@MigrationTest(
    locations = "classpath:db/migration",
    server = "embedded",
    page = "target/migrations.html")
class RollbackTest implements MigrationTests {}
