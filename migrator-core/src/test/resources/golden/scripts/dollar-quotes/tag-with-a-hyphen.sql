-- Trap: $a-b$ is no tag.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants and 4.1.1.
SELECT $a-b$; SELECT 2;
