-- Trap: commands that work on whole databases and settings of the server.
-- Rule: manual, the notes on each of these commands.
DROP DATABASE no_such_database;
DROP TABLESPACE no_such_space;
ALTER SYSTEM SET no_such_setting = 1;
DROP SUBSCRIPTION no_such_subscription;
