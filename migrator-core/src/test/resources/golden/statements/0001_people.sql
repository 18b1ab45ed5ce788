-- migrator: lock-timeout=3s
CREATE TABLE people (
  id bigint PRIMARY KEY,
  name text
);
COPY people FROM STDIN;
1	Ada
2	Gr😀ce
\.
CREATE INDEX CONCURRENTLY people_name ON people (name); SELECT 'é', count(*) FROM people
  WHERE name <> '';
CREATE ROLE app PASSWORD 'secret';
DO $$ BEGIN PERFORM 1; END $$;
frobnicate;
