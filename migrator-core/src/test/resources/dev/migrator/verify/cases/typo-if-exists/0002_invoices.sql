create table if not exists invoices (id bigint primary key);
create index if not exists invoices_latest on invoices (id desc);
