CREATE EXTENSION hstore;
CREATE TABLE settings (name text);
ALTER EXTENSION hstore ADD TABLE settings;
GRANT SELECT ON settings TO pg_monitor;
GRANT UPDATE (name) ON settings TO pg_monitor;
