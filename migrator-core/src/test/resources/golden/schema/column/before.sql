CREATE TABLE t (
  dropped integer,
  moved integer,
  retyped varchar(50),
  collated text,
  required integer,
  defaulted timestamptz,
  otherwise integer DEFAULT 1,
  computed integer,
  numbered bigint NOT NULL,
  renumbered bigint GENERATED ALWAYS AS IDENTITY,
  stored text,
  compressed text,
  sampled integer,
  estimated integer,
  commented integer,
  granted integer
);
CREATE TABLE base (id integer, shared integer);
CREATE TABLE kid () INHERITS (base);
