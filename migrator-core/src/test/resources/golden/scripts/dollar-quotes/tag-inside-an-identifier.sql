-- Trap: $$ in a quoted identifier opens nothing.
-- Rule: manual 4.1.1, Identifiers and Key Words.
SELECT 1 AS "$$;";
SELECT 2 AS "$a$";
