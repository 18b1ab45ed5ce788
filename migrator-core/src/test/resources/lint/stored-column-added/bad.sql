ALTER TABLE orders ADD COLUMN size integer GENERATED ALWAYS AS (length(note)) STORED;
