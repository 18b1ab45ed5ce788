-- Trap: columns called e, b, x, n, u and u&.
-- Rule: manual 4.1.1, Identifiers and Key Words and 4.1.2.2.
SELECT e, b, x, n, u FROM (SELECT 1 AS e, 2 AS b, 3 AS x, 4 AS n, 5 AS u) AS s; SELECT 2;
