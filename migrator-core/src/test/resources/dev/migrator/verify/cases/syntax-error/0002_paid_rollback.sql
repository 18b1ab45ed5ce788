alter table orders
  drop colum paid cascade now;
