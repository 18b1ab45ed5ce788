CREATE TABLE notes (id bigint PRIMARY KEY);
CREATE TABLE addresses (person_id integer PRIMARY KEY REFERENCES people (id), town text);
