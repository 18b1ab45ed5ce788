-- Trap: only the tag that opened a dollar quote closes it.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants: it can nest others with another tag.
SELECT $a$ $$ ; $b$ ; $ $A$ ; $a$;
SELECT 2;
