create sequence invoice_number start 1000;
create table invoices (number bigint primary key default nextval('invoice_number'));
