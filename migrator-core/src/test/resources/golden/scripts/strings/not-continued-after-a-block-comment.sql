-- Trap: a block comment between two strings: the second is a string of its own.
-- Rule: manual 4.1.2.1, String Constants: only white space and line comments continue.
SELECT 'foo' /* c */ AS a, 'bar;';
SELECT concat('a', /* ;
*/ 'b');
