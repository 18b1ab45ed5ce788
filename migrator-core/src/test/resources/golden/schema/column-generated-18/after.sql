CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a + 1) VIRTUAL, c integer NOT NULL, d integer, e integer NOT NULL NO INHERIT);
ALTER TABLE t ADD CONSTRAINT later NOT NULL d NOT VALID;
COMMENT ON CONSTRAINT later ON t IS 'why';
CREATE TABLE base (a integer NOT NULL);
CREATE TABLE kid (a integer NOT NULL) INHERITS (base);
