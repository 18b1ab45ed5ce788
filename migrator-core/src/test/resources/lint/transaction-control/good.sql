BEGIN;
UPDATE orders SET note = '' WHERE id = 1;
UPDATE orders SET note = '' WHERE id = 2;
COMMIT;
