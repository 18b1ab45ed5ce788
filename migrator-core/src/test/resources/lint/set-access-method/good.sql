-- version: 15
CREATE TABLE drafts (id bigint PRIMARY KEY) USING heap;
