-- Trap: the last action may have a semicolon too.
-- Rule: manual, CREATE RULE.
CREATE OR REPLACE RULE r1 AS ON INSERT TO u DO ALSO (DELETE FROM t; DELETE FROM t;);
SELECT 2;
