-- Trap: U & and a quote with spaces between: an operator.
-- Rule: manual 4.1.2.3, String Constants with Unicode Escapes: without any spaces in between.
SELECT u & '\;' FROM t AS u;
SELECT U &'\;';
