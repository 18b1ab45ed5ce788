alter table orders rename column note to remark;
alter table orders add column paid boolean not null default false;
