-- also: column-type-rewrite
ALTER TABLE orders ALTER COLUMN note TYPE varchar(20);
