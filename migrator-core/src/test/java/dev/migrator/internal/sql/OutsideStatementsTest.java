package dev.migrator.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.migration.Migration;
import dev.migrator.report.OutsideStatement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutsideStatementsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CREATE ROLE app | s:1:1: CREATE ROLE reaches roles",
        "GRANT a TO b | s:1:1: GRANT reaches roles",
        "ALTER DATABASE x SET work_mem = '1MB' | s:1:1: ALTER DATABASE reaches databases",
        "ALTER SYSTEM SET work_mem = '1MB' | s:1:1: ALTER SYSTEM reaches the server's configuration",
        "COPY t FROM PROGRAM 'curl x' | s:1:1: COPY reaches programs of the server's machine",
        "COPY t TO '/tmp/x' | s:1:1: COPY reaches files of the server's machine",
        "CREATE SERVER x FOREIGN DATA WRAPPER y | s:1:1: CREATE SERVER reaches another server",
        "CREATE TABLESPACE x LOCATION '/x' | s:1:1: CREATE TABLESPACE reaches tablespaces",
        "SELECT dblink_exec('x', 'y') | s:1:1: SELECT holds code that names another server",
        "SELECT pg_create_logical_replication_slot('a', 'b') | s:1:1: SELECT holds code that names subscriptions",
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET x.y = 1', current_database()); END $$ | s:1:1: DO holds code that names databases",
        "DO $$ BEGIN CREATE ROLE a; ALTER SYSTEM RESET ALL; END $$ | s:1:1: DO holds code that names roles, the server's configuration",
        "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'drop user x' | s:1:1: CREATE FUNCTION holds code that names roles",
        "DO $$ BEGIN RAISE NOTICE '%', run('create role x'); END $$ | s:1:1: DO holds code that names roles",
        "DO $$ BEGIN RAISE NOTICE 'x'; EXECUTE 'create role x'; END $$ | s:1:1: DO holds code that names roles",
        "DO $a$ BEGIN EXECUTE $b$ create role x $b$; END $a$ | s:1:1: DO holds code that names roles",
        "DO LANGUAGE plpython3u $$ plpy.execute(\"create role it's\") $$ | s:1:1: DO holds code that names roles",
        "DO $$ BEGIN CREATE TABLE t (); END $$ | s:1:1: DO runs code that does not tell",
        "CALL p() | s:1:1: CALL runs code that does not tell"
      })
  void whatReachesBeyondTheDatabaseIsNamedWithItsPlace(String sql, String words) {
    assertThat(outside(sql)).extracting(OutsideStatement::words).containsExactly(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t (role text, \"user\" text)",
        "INSERT INTO t VALUES ('create role x')",
        "GRANT SELECT ON t TO app",
        "ALTER TABLE t OWNER TO app",
        "SELECT 1 FROM pg_roles",
        "COMMENT ON TABLE t IS 'alter database x'",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'cannot create user with this name'; END $$",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ASSERT NEW.a > 0, 'the server cannot drop database x'; END $$",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 -- as soon as we create user\n /* or drop role x */ $$",
        "COPY t FROM STDIN;\n\\."
      })
  void whatStaysWithinTheDatabaseIsNotNamed(String sql) {
    assertThat(outside(sql)).isEmpty();
  }

  @Test
  void rolesAndDatabasesAreFoundWhereTheyAreNeededUnlessAScriptCreatesThem() {
    MentionedNames names = MentionedNames.of(List.of(
        ParsedScript.read("up", """
            GRANT SELECT (a, b), INSERT ON t TO r1, GROUP r2, PUBLIC WITH GRANT OPTION;
            REVOKE GRANT OPTION FOR ALL ON ALL TABLES IN SCHEMA s FROM "R 3" CASCADE;
            GRANT r4 TO r5 WITH ADMIN OPTION GRANTED BY r6;
            REVOKE ADMIN OPTION FOR r7 FROM r8;
            ALTER TABLE t OWNER TO "r""9";
            ALTER TABLE t OWNER TO CURRENT_USER;
            ALTER SEQUENCE q OWNED BY t.a;
            CREATE SCHEMA AUTHORIZATION r10;
            CREATE SCHEMA s2 AUTHORIZATION r11;
            CREATE POLICY p ON t FOR SELECT TO r12, r13 USING (a = 'to x');
            ALTER DEFAULT PRIVILEGES FOR ROLE r14, r15 IN SCHEMA s GRANT SELECT ON TABLES TO r16;
            SET LOCAL ROLE r17;
            RESET ROLE;
            SET ROLE NONE;
            SET SESSION AUTHORIZATION DEFAULT;
            ALTER ROLE r18 IN DATABASE d1 SET work_mem = '1MB';
            COMMENT ON ROLE r19 IS 'x';
            REASSIGN OWNED BY r20 TO r21;
            CREATE USER MAPPING FOR r22 SERVER y;
            CREATE USER r23 IN ROLE r24;
            GRANT CONNECT ON DATABASE d2, d3 TO r23;
            ALTER DATABASE d4 SET search_path = a;
            COMMENT ON DATABASE d5 IS 'x';
            INSERT INTO t VALUES ('grant x to nobody');
            GRANT pg_monitor TO r25;
            ALTER GROUP r26 ADD USER r27;
            """),
        ParsedScript.read("code", """
            DO $$ BEGIN
              IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'c1') THEN CREATE ROLE c1; END IF;
              GRANT SELECT ON t TO c1, c2;
              EXECUTE format('GRANT SELECT ON t TO %I', 'c3');
            END $$;
            CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN SET ROLE c4; END';
            """),
        // Not part of one transaction with the others.
        ParsedScript.read("created", "CREATE DATABASE d3;")));
    assertThat(names.roles())
        .containsExactlyInAnyOrder(
            "r1", "r2", "R 3", "r4", "r5", "r6", "r7", "r8", "r\"9", "r10", "r11", "r12", "r13",
            "r14", "r15", "r16", "r17", "r18", "r19", "r20", "r21", "r22", "r24", "r25", "r26",
            "r27", "c2", "c4");
    assertThat(names.databases()).containsExactly("d1", "d2", "d4", "d5");
  }

  private static List<OutsideStatement> outside(String sql) {
    return OutsideStatements.of(Migration.repeatable("x", "s"), ParsedScript.read("s", sql));
  }
}
