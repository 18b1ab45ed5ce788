-- Trap: a single action needs no parentheses, and ends the statement.
-- Rule: manual, CREATE RULE.
CREATE OR REPLACE RULE r1 AS ON INSERT TO u DO ALSO DELETE FROM t; DROP RULE r1 ON u;
SELECT 3;
