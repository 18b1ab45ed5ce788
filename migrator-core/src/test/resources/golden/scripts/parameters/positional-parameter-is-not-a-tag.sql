-- Trap: $1 begins no dollar quote, though $1$ looks like one.
-- Rule: manual 4.2.2, Positional Parameters.
PREPARE a1 AS SELECT $1;
PREPARE a2 AS SELECT $1::text, $2::text;
SELECT 3;
