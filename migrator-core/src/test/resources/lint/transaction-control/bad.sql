UPDATE orders SET note = '' WHERE id = 1;
COMMIT;
UPDATE orders SET note = '' WHERE id = 2;
