-- Trap: 'stdin' in quotes is a file.
-- Rule: manual, COPY.
COPY t FROM 'stdin';
SELECT 2;
