create extension pg_trgm;
create table words (word text primary key);
create index words_like on words using gin (word gin_trgm_ops);
