-- Trap: words may follow the body.
-- Rule: manual, DO.
DO $body$ BEGIN NULL; END $body$ LANGUAGE plpgsql;
DO LANGUAGE plpgsql $$BEGIN NULL; END$$;
SELECT 3;
