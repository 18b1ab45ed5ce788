-- Trap: # begins no comment, as it does for MySQL: it is an operator.
-- Rule: manual 4.1.3, Operators and 4.1.5.
SELECT 5 # 3; SELECT 2;
