CREATE TABLE drafts (id bigint PRIMARY KEY);
TRUNCATE drafts;
