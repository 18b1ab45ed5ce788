-- Trap: two strings on one line are a syntax error for the server, but still two complete strings.
-- Rule: manual 4.1.2.1, String Constants: without a newline it is not valid syntax.
SELECT 'foo' ';bar';
SELECT 2;
