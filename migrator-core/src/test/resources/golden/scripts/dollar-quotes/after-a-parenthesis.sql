-- Trap: a dollar quote needs no white space after a symbol.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants.
SELECT length($$;$$)+length($x$;$x$);
SELECT 2;
