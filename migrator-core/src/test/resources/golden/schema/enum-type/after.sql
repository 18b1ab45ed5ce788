CREATE TYPE added AS ENUM ();
CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy');
COMMENT ON TYPE mood IS 'why';
ALTER TYPE mood OWNER TO pg_monitor;
REVOKE USAGE ON TYPE mood FROM public;
