-- needs PostgreSQL 15
CREATE TABLE t (a integer, b integer, CONSTRAINT u UNIQUE (a));
CREATE UNIQUE INDEX i ON t (b);
