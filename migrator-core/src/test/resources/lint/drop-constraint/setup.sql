CREATE TABLE orders (id bigint PRIMARY KEY, note text, CONSTRAINT orders_note CHECK (note <> ''));
