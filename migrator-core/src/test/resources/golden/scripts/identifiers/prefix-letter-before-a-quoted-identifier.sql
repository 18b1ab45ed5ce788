-- Trap: e"..." is an identifier behind an identifier: only U& has a quoted form.
-- Rule: manual 4.1.1, Identifiers and Key Words.
SELECT 1 AS e, 2 e"a;\"; SELECT 2;
