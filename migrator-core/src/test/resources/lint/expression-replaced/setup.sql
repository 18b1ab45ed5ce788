CREATE TABLE orders (id bigint PRIMARY KEY, note text, size integer GENERATED ALWAYS AS (length(note)) STORED);
