alter table orders alter column status type varchar(40), alter column status set default 'open';
