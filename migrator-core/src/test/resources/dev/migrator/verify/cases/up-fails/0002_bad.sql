create table invoices (id bigint primary key);
alter table order add column total numeric;
