drop index concurrently orders_by_total;
