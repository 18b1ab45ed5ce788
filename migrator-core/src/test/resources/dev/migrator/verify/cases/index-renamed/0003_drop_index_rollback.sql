create index on orders (total);
