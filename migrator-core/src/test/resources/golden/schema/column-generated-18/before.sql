-- needs PostgreSQL 18
CREATE TABLE t (a integer, b integer, c integer, d integer, e integer, CONSTRAINT named NOT NULL c);
CREATE TABLE base (a integer NOT NULL);
CREATE TABLE kid () INHERITS (base);
