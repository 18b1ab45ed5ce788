-- Trap: quotes from a word processor are letters and open nothing.
-- Rule: manual 4.1.1, Identifiers and Key Words: every character beyond ASCII is a letter.
SELECT ‘a; SELECT ’b;
SELECT “c; SELECT 4;
