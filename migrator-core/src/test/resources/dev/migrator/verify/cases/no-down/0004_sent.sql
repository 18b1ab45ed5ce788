alter table orders add column sent boolean;
