-- Trap: a whole script on one line.
-- Rule: manual 4.1, Lexical Structure: a command is terminated by a semicolon; the end of the input also terminates one.
SELECT 1 AS "c;1"; SELECT 2 AS "c;2"; SELECT 3 AS "c;3"; SELECT 4 AS "c;4"; SELECT 5 AS "c;5"; SELECT 6 AS "c;6"; SELECT 7 AS "c;7"; SELECT 8 AS "c;8"; SELECT 9 AS "c;9"; SELECT 10 AS "c;10"; SELECT 11 AS "c;11"; SELECT 12 AS "c;12"; SELECT 13 AS "c;13"; SELECT 14 AS "c;14"; SELECT 15 AS "c;15"; SELECT 16 AS "c;16"; SELECT 17 AS "c;17"; SELECT 18 AS "c;18"; SELECT 19 AS "c;19"; SELECT 20 AS "c;20";
