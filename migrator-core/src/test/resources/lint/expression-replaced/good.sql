-- version: 17
ALTER TABLE orders ADD COLUMN new_size integer;
