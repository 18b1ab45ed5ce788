-- Trap: ALTER ROLE ... SET is for sessions that begin later.
-- Rule: manual 20.13.1, standard_conforming_strings; ALTER ROLE.
ALTER ROLE no_such_role SET standard_conforming_strings = off;
SELECT '\';
SELECT 3;
