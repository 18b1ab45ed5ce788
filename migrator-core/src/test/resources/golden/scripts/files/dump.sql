-- Trap: what pg_dump writes: settings, a function, a table, its data.
-- Rule: manual, pg_dump.
\restrict q

SET statement_timeout = 0;
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);

--
-- Name: f(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.dumped() RETURNS text
    LANGUAGE sql
    AS $_$ SELECT 'a;' || '$1' $_$;

COPY public.u (a) FROM stdin;
x\ty
\N
\.


--
-- PostgreSQL database dump complete
--

\unrestrict q

