CREATE EXTENSION hstore;
CREATE TABLE settings (name text);
ALTER EXTENSION hstore ADD TABLE settings;
