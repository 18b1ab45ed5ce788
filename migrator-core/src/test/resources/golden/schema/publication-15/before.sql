-- needs PostgreSQL 15
CREATE SCHEMA s;
CREATE TABLE t (a integer, b integer);
CREATE PUBLICATION p FOR TABLE t;
