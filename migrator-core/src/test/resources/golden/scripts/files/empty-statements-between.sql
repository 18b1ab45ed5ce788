-- Trap: empty statements between others disappear.
-- Rule: manual 4.1, Lexical Structure: a command is terminated by a semicolon; the end of the input also terminates one.
;SELECT 1;;
; ;SELECT 2;;;
