-- Trap: a dollar sign that begins neither a parameter nor a tag is one character of junk.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants and 4.2.2.
SELECT $ ; SELECT $;
SELECT $a; SELECT $ a$;
SELECT 5;
