-- also: foreign-key-locks-other
CREATE TABLE notes (id integer PRIMARY KEY);
CREATE TABLE bills (order_id integer PRIMARY KEY REFERENCES orders);
