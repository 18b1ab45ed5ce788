CREATE TABLE people (id integer PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY);
