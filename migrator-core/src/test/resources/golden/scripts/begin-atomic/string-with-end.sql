-- Trap: END in a string, a comment and a dollar quote.
-- Rule: manual, CREATE FUNCTION, sql_body.
CREATE OR REPLACE FUNCTION ba19() RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT '; END;'; SELECT $$; END;$$; /* ; END; */ SELECT 'x'; -- ; END;
END;
SELECT 2;
