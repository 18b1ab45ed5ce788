-- Trap: a qualified name.
-- Rule: manual, COPY.
COPY public.t(a,b) FROM STDIN;
1	;
\.
COPY "public"."u" FROM stdin;
;
\.
SELECT 3;
