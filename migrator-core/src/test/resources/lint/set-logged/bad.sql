-- also: unlogged-table
ALTER TABLE orders SET UNLOGGED;
