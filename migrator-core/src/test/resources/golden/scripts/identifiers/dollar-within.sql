-- Trap: a dollar sign may stand within an identifier, so that no dollar quote begins there.
-- Rule: manual 4.1.1, Identifiers and Key Words.
SELECT 1 AS a$b$c; SELECT 2 AS d$b$;
SELECT 3 AS a$1; SELECT 4 AS _$$_;
