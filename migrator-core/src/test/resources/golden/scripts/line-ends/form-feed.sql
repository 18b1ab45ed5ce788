-- Trap: a form feed is white space and no line end.
-- Rule: manual 4.1, Lexical Structure; space is blank, tab, newline, carriage return, form feed.
SELECT1;SELECT 2;

SELECT 3 -- a;;
;
