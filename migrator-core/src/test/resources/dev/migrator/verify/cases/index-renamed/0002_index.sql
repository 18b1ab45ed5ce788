create index orders_by_total on orders (total);
