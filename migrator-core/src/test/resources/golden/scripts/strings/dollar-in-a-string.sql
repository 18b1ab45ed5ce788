-- Trap: $$ inside a string begins no dollar quote.
-- Rule: manual 4.1.2.1, String Constants and 4.1.2.4.
SELECT 'costs $$';
SELECT '$1;$tag$';
