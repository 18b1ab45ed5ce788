-- Trap: -- and /* inside a dollar quote begin no comment, even before the closing tag.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants.
SELECT $$ -- $$;
SELECT $$ /* $$;
SELECT 3;
