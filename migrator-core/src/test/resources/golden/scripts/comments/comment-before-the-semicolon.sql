-- Trap: what stands between a statement and its semicolon stays with the statement.
-- Rule: manual 4.1.5, Comments; psql 15 sends it.
SELECT 1 -- last word
;
SELECT 2 /* last word */;
SELECT 3 /* a */ /* b */ ;
