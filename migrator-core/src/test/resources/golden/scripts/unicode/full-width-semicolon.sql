-- Trap: a full-width semicolon ends nothing.
-- Rule: manual 4.1, Lexical Structure: only the ASCII semicolon ends a command.
SELECT 1 AS a；SELECT; SELECT 2;
