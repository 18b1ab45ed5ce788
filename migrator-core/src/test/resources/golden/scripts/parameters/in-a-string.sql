-- Trap: $1 in a string or comment is text.
-- Rule: manual 4.1.2.1, String Constants.
SELECT '$1$'; SELECT 2 -- $1$;
;
SELECT '$1' /* $2$ */;
