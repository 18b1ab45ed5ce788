-- Trap: begin, commit and end as names control nothing.
-- Rule: manual, appendix C, SQL Key Words.
SELECT 1 AS begin, 2 AS commit, 3 AS "end";
CREATE TEMP TABLE rollback (commit int, savepoint int);
SELECT commit, savepoint FROM rollback;
