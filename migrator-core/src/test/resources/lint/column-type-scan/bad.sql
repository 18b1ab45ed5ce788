-- also: work-under-lock
ALTER TABLE orders ALTER COLUMN placed TYPE timestamptz;
ALTER TABLE orders ALTER COLUMN code TYPE varchar(40);
ALTER TABLE orders ALTER COLUMN note TYPE text;
ALTER TABLE orders ALTER COLUMN mail TYPE text;
