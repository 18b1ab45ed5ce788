CREATE COLLATION added (locale = 'POSIX');
CREATE COLLATION c (provider = icu, locale = 'de', deterministic = false);
COMMENT ON COLLATION c IS 'why';
ALTER COLLATION c OWNER TO pg_monitor;
CREATE COLLATION mixed (lc_collate = 'C', lc_ctype = 'POSIX');
