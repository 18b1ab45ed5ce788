create index concurrently parts_slowly on parts (slowly(id));
