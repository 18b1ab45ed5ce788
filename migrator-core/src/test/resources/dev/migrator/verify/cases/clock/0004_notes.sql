create table notes (id bigint primary key, made timestamptz default now());
