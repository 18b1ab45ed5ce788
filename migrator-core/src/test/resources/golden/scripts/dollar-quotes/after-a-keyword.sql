-- Trap: AS$$ is one identifier, so no dollar quote begins.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants.
SELECT 1 as$$;
SELECT 2;
