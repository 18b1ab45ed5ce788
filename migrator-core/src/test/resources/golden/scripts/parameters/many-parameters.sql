-- Trap: $1 ... $2 in one statement, with nothing between that could close a quote.
-- Rule: manual 4.2.2, Positional Parameters.
PREPARE b1 AS SELECT $1||$2||$3; SELECT '$1;'; PREPARE b2(int) AS SELECT $1+$1;
SELECT 2;
