CREATE TABLE t (x integer, b integer, a integer);
ALTER TABLE t DROP x;
