-- Trap: $a$a$: the first candidate closes it, what follows is SQL again.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants.
SELECT $a$ ; $a$;
SELECT $a$x$a$ AS a;
SELECT $ab$ $a$ab$;
