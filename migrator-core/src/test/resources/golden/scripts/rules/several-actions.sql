-- Trap: semicolons in parentheses divide the actions of a rule.
-- Rule: manual, CREATE RULE.
CREATE RULE r1 AS ON INSERT TO u DO ALSO (INSERT INTO t VALUES ('a', ';'); DELETE FROM t WHERE a = 'b');
SELECT 2;
