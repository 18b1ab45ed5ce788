create table more (id bigint);
