drop table invoices;
drop sequence invoice_number;
