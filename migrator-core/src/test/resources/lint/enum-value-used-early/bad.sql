-- also: enum-value-added
ALTER TYPE state ADD VALUE 'sent';
UPDATE orders SET state = 'sent' WHERE id = 1;
