-- Trap: non-BMP characters before, in and behind a dollar quote.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants.
SELECT '😀', $$😀;$$, '😀;'; SELECT 2;
