-- Trap: parentheses within the actions.
-- Rule: manual, CREATE RULE.
CREATE RULE r3 AS ON UPDATE TO u WHERE (NEW.a <> OLD.a) DO ALSO (
  INSERT INTO t VALUES ((NEW.a), (SELECT ')' ));
  DELETE FROM t WHERE (a = ')')
);
DROP RULE r3 ON u;
