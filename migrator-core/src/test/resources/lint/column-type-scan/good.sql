ALTER TABLE orders ALTER COLUMN town TYPE varchar(80);
