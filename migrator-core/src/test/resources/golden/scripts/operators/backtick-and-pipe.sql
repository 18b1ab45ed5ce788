-- Trap: characters that no operator in the manual uses are operators all the same.
-- Rule: manual 4.1.3, Operators: the list of characters.
SELECT 1 ` 2; SELECT 1 ^| 2; SELECT |/ 4; SELECT 5 ~~* 6;
