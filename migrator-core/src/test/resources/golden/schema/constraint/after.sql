CREATE TABLE parent (id integer PRIMARY KEY, code integer UNIQUE);
CREATE TABLE t (id integer CONSTRAINT t_pkey PRIMARY KEY, parent integer, name text, amount integer,
  CONSTRAINT positive CHECK (amount >= 0) NO INHERIT,
  CONSTRAINT fk FOREIGN KEY (parent) REFERENCES parent (code) MATCH FULL ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT named UNIQUE (name) INCLUDE (amount) WITH (fillfactor = 50) DEFERRABLE,
  CONSTRAINT added CHECK (id <> 7),
  CONSTRAINT apart EXCLUDE USING btree (amount WITH =) WITH (fillfactor = 60) WHERE (amount > 5));
ALTER TABLE t ADD CONSTRAINT checked_later CHECK (amount < 1000) NOT VALID;
ALTER TABLE t CLUSTER ON t_pkey;
COMMENT ON CONSTRAINT positive ON t IS 'why';
COMMENT ON INDEX t_pkey IS 'the index behind it';
CREATE TABLE base (id integer, CONSTRAINT own CHECK (id > 0));
CREATE TABLE kid () INHERITS (base);
CREATE TABLE merged (CONSTRAINT own CHECK (id > 0)) INHERITS (base);
