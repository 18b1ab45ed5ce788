-- Trap: no white space is needed between a string and an identifier.
-- Rule: manual 4.1.1, Identifiers and Key Words.
SELECT 'a;'"b;"; SELECT 2;
