-- Trap: a DO block holds statements, comments and quotes of its own.
-- Rule: manual, DO.
DO $$
DECLARE
  n int := 1; -- it's one
BEGIN
  IF n > 0 THEN
    NULL;
  END IF;
END;
$$;
SELECT 2;
