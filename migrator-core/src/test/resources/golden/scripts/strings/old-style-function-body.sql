-- Trap: a function body in quotes, with every quote in it doubled, holds semicolons.
-- Rule: manual 43.12.1, Handling of Quotation Marks.
CREATE FUNCTION old_style() RETURNS text AS '
BEGIN
  RETURN ''it''''s; old'';
END;
' LANGUAGE plpgsql;
SELECT 2;
