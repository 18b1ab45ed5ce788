-- Trap: \; joins statements into one message.
-- Rule: manual, psql, \;.
SELECT 1\; SELECT 2;
