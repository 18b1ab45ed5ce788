create table t1 (id bigint primary key); create table t2 (id bigint primary key);
