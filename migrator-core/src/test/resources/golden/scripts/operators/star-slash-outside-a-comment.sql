-- Trap: */ outside a comment is an operator.
-- Rule: manual 4.1.3, Operators and 4.1.5.
SELECT 1 */ 2; SELECT 3 **/ 4;
SELECT 5;
