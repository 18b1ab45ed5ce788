CREATE TABLE orders (id bigint PRIMARY KEY, amount integer, note varchar(50));
