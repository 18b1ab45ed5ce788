CREATE TABLE notes (id bigint PRIMARY KEY, price numeric(12, 2));
