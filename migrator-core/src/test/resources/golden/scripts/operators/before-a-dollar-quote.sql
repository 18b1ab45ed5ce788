-- Trap: an operator ends where a dollar begins.
-- Rule: manual 4.1.3, Operators and 4.1.2.4.
SELECT 'a'||$$;$$; SELECT 'a'~$x$;$x$;
