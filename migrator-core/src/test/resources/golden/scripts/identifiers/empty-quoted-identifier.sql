-- Trap: "" is refused by the server, but is a complete token.
-- Rule: manual 4.1.1, Identifiers and Key Words.
SELECT 1 AS ""; SELECT 2;
