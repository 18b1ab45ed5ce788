CREATE TYPE removed AS (a integer);
CREATE TYPE pair AS (a integer, b text, c integer);
