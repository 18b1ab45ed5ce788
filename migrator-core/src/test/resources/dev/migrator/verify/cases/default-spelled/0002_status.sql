alter table orders add column status varchar(20) default 'new';
