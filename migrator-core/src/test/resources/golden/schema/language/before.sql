CREATE LANGUAGE removed HANDLER plpgsql_call_handler;
CREATE LANGUAGE l HANDLER plpgsql_call_handler;
