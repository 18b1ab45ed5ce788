CREATE TYPE added AS (a integer);
CREATE TYPE pair AS (b varchar(3) COLLATE "C", a integer, d integer);
COMMENT ON TYPE pair IS 'why';
COMMENT ON COLUMN pair.a IS 'why a';
