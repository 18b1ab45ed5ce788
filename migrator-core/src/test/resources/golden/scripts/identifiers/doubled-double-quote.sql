-- Trap: a double quote written twice is one, and the identifier goes on.
-- Rule: manual 4.1.1, Identifiers and Key Words.
SELECT 1 AS "a"";b";
SELECT 2 AS """";
SELECT 3 AS """;""";
