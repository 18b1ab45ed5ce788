alter table orders drop column rate;
