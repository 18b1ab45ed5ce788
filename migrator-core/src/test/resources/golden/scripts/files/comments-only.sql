-- Trap: a file of comments holds no statement.
-- Rule: manual 4.1, Lexical Structure: a command is terminated by a semicolon; the end of the input also terminates one.
-- nothing; here
/* nor; here */
