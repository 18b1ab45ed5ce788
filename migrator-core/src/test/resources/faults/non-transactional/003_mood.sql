-- migrator: transaction=off
alter type mood add value 'glad' after 'calm';
alter type mood add value if not exists 'sad';
insert into effects values ('003');
