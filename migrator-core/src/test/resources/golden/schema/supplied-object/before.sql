CREATE EXTENSION hstore;
REVOKE EXECUTE ON FUNCTION skeys(hstore) FROM public;
GRANT EXECUTE ON FUNCTION pg_ls_dir(text) TO pg_monitor;
