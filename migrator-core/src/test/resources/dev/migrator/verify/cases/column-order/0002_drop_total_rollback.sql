alter table orders add column total numeric(10, 2) not null;
