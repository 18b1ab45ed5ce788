CREATE TABLE parent (id integer PRIMARY KEY, code integer UNIQUE);
CREATE TABLE t (id integer CONSTRAINT t_pkey PRIMARY KEY, parent integer, name text, amount integer,
  CONSTRAINT positive CHECK (amount > 0),
  CONSTRAINT fk FOREIGN KEY (parent) REFERENCES parent,
  CONSTRAINT checked_later CHECK (amount < 1000),
  CONSTRAINT named UNIQUE (name),
  CONSTRAINT removed CHECK (id > 0),
  CONSTRAINT apart EXCLUDE USING btree (amount WITH =));
CREATE TABLE base (id integer);
CREATE TABLE kid (CONSTRAINT own CHECK (id > 0)) INHERITS (base);
