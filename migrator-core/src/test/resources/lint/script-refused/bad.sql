SET client_encoding = 'LATIN1';
CREATE TABLE notes (id bigint PRIMARY KEY);
