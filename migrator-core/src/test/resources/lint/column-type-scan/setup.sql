CREATE TABLE orders (
  id bigint PRIMARY KEY,
  placed timestamp,
  code varchar(20),
  note varchar(50) CHECK (note <> ''),
  mail varchar(100),
  town varchar(50)
);
CREATE INDEX orders_placed ON orders (placed);
CREATE INDEX orders_code ON orders (lower(code));
CREATE INDEX orders_mail ON orders (id) WHERE mail IS NOT NULL;
CREATE INDEX orders_town ON orders (town);
