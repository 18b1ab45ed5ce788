CREATE TABLE orders_of_lost_customers (id bigint PRIMARY KEY);
