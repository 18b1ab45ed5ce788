-- Trap: empty statements are no statements.
-- Rule: manual 4.1, Lexical Structure: a command is terminated by a semicolon; the end of the input also terminates one.
;;
 ; ;; -- ;
;