-- Trap: ALTER DATABASE ... SET is for sessions that begin later.
-- Rule: manual 20.13.1, standard_conforming_strings; ALTER DATABASE.
ALTER DATABASE no_such_database SET standard_conforming_strings = off;
SELECT '\';
SELECT 3;
