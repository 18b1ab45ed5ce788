CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE MATERIALIZED VIEW totals AS SELECT id FROM orders;
CREATE UNIQUE INDEX totals_id ON totals (id);
