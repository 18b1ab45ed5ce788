alter table orders alter column status type varchar(20), alter column status set default 'new'::text;
