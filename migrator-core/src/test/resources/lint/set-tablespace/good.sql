CREATE TABLE drafts (id bigint PRIMARY KEY) TABLESPACE pg_default;
