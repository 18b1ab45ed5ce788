-- Trap: an operator ends where a quote begins.
-- Rule: manual 4.1.3, Operators.
SELECT 'a'||';'; SELECT 'a'~';'; SELECT 'a' !~*';'; SELECT 'a'='\';
SELECT 5;
