create sequence invoice_number;
alter table invoices alter column number set default nextval('invoice_number');
