alter table orders drop constraint total_positive;
