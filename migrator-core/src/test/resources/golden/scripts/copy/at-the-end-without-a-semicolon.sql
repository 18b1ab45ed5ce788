-- Trap: COPY without its semicolon at the end of the file.
-- Rule: manual, COPY.
SELECT 1;
COPY u FROM STDIN