-- Trap: $Body$ does not close $body$.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants: tags are case-sensitive.
SELECT $body$ ; $Body$ ; $BODY$ ; $body$;
SELECT 2;
