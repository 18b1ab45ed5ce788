CREATE TABLE removed (id integer);
CREATE TABLE t (id integer PRIMARY KEY, name text);
CREATE UNIQUE INDEX t_name ON t (name);
ALTER TABLE t ALTER name SET NOT NULL;
CREATE TABLE base (id integer);
CREATE TABLE kid (id integer);
CREATE TYPE row_type AS (id integer);
CREATE TABLE typed (id integer);
CREATE TABLE forced (id integer);
