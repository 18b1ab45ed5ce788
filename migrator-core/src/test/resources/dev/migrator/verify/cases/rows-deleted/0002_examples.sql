insert into orders (total, note) values (1, 'example');
