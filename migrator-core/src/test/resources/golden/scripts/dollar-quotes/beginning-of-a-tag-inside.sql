-- Trap: an incomplete tag inside the text does not close it.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants.
SELECT $fn$ $f $fn ; $fn$;
SELECT 2;
