CREATE TABLE states (name text PRIMARY KEY);
