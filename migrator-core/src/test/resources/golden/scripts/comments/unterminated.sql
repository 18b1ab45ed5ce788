-- Trap: a block comment that does not end takes the rest of the file.
-- Rule: manual 4.1.5, Comments. Refused where it begins.
SELECT 1;
 /* no end;
SELECT 2;
