alter table orders add column paid boolean;
