-- Trap: a backslash with an unknown word is refused too.
-- Rule: manual, psql.
\nonsense
