drop index orders_by_total;
