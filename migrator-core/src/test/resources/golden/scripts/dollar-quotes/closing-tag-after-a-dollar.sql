-- Trap: a single dollar before the closing tag belongs to the text; one behind it does not.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants.
SELECT $a$costs 5$$a$; SELECT 2;
SELECT $a$ $a $a$;
SELECT $$costs 5$$$; SELECT 5;
