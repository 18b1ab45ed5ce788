CREATE FUNCTION call() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE TRUSTED LANGUAGE l HANDLER call INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
COMMENT ON LANGUAGE l IS 'why';
GRANT USAGE ON LANGUAGE l TO pg_monitor;
REVOKE USAGE ON LANGUAGE l FROM public;
ALTER LANGUAGE l OWNER TO pg_monitor;
