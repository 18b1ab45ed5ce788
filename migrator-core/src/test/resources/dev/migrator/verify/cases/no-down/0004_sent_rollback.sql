alter table orders drop column sent;
