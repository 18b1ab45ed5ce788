-- Trap: no white space between statements.
-- Rule: manual 4.1, Lexical Structure: a command is terminated by a semicolon; the end of the input also terminates one.
SELECT 1;SELECT 2;/*;*/SELECT 3;--;
SELECT 4