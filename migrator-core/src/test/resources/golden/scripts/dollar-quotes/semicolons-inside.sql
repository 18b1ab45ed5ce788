-- Trap: everything between two $$ is text.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants.
SELECT $$a;b;$$;
SELECT 2;
