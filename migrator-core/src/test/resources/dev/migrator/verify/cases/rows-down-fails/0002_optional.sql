alter table orders alter column total drop not null;
update orders set total = null;
