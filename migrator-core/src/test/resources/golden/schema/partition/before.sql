CREATE TABLE logs (at date, region text, note text) PARTITION BY RANGE (at);
CREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE logs_2 (at date, region text, note text);
CREATE TABLE kinds (kind text) PARTITION BY LIST (kind);
CREATE TABLE codes (a integer) PARTITION BY LIST (a);
CREATE TABLE codes_1 PARTITION OF codes FOR VALUES IN (1);
CREATE TABLE codes_2 PARTITION OF codes FOR VALUES IN (2);
CREATE UNIQUE INDEX codes_a ON ONLY codes (a);
ALTER TABLE codes_1 ADD CONSTRAINT codes_1_a UNIQUE (a);
