drop index concurrently parts_slowly;
create index concurrently parts_weight on parts (slowly(weight));
