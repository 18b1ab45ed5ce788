alter table orders drop column paid;
alter table orders rename column remark to note;
