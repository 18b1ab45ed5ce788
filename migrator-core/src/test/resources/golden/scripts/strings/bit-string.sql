-- Trap: B and X begin bit strings, in which nothing is escaped, whatever stands in them.
-- Rule: manual 4.1.2.5, Bit-String Constants.
SELECT B'1001', X'1FF';
SELECT B'2;\';
SELECT x'zz;\';
SELECT 4;
