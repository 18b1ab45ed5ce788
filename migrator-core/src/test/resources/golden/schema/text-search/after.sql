CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, stopwords = english, accept = false);
COMMENT ON TEXT SEARCH DICTIONARY d IS 'why';
ALTER TEXT SEARCH DICTIONARY d OWNER TO pg_monitor;
CREATE TEXT SEARCH DICTIONARY added (TEMPLATE = pg_catalog.snowball, language = german);
CREATE FUNCTION prsd_start(internal, integer) RETURNS internal STRICT LANGUAGE internal AS 'prsd_start';
CREATE FUNCTION prsd_nexttoken(internal, internal, internal) RETURNS internal STRICT LANGUAGE internal AS 'prsd_nexttoken';
CREATE FUNCTION prsd_end(internal) RETURNS void STRICT LANGUAGE internal AS 'prsd_end';
CREATE FUNCTION prsd_lextype(internal) RETURNS internal STRICT LANGUAGE internal AS 'prsd_lextype';
CREATE TEXT SEARCH PARSER p (START = public.prsd_start, GETTOKEN = public.prsd_nexttoken, END = public.prsd_end,
  LEXTYPES = public.prsd_lextype, HEADLINE = prsd_headline);
COMMENT ON TEXT SEARCH PARSER p IS 'why';
CREATE TEXT SEARCH TEMPLATE t (INIT = dsimple_init, LEXIZE = dispell_lexize);
COMMENT ON TEXT SEARCH TEMPLATE t IS 'why';
CREATE TEXT SEARCH CONFIGURATION c (PARSER = p);
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word, email WITH d, simple;
COMMENT ON TEXT SEARCH CONFIGURATION c IS 'why';
ALTER TEXT SEARCH CONFIGURATION c OWNER TO pg_monitor;
