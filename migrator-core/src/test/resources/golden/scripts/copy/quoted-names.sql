-- Trap: names that hold the key words.
-- Rule: manual, COPY.
CREATE TABLE "from stdin" ("from" text, "to" text);
COPY "from stdin" ("from", "to") FROM STDIN;
1	2;
\.
COPY "from stdin" TO STDOUT;
SELECT 3;
