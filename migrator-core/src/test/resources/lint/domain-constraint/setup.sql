CREATE DOMAIN email AS text;
CREATE TABLE people (id bigint PRIMARY KEY, email email);
