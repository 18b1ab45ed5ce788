-- Trap: a backslash or a quote means nothing inside.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants: no characters inside are ever escaped.
SELECT $$\$$;
SELECT $$it's; "$$;
SELECT 3;
