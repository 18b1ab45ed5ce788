CREATE TABLE t (a integer, b integer);
CREATE STATISTICS removed ON a, b FROM t;
CREATE STATISTICS s ON a, b FROM t;
