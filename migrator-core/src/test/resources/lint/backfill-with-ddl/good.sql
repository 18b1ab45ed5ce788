UPDATE orders SET note = '' WHERE note IS NULL AND id < 10000;
