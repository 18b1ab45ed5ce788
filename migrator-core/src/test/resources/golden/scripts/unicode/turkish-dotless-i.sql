-- Trap: key words are recognised by ASCII letters only: ı is no i, in any locale.
-- Rule: manual 4.1.1, Identifiers and Key Words.
SELECT 1 AS lımıt; BEGİN; SELECT 3;
