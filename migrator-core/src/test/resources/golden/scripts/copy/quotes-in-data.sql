-- Trap: quotes, dollar quotes and comment marks in data open nothing.
-- Rule: manual, COPY.
COPY t FROM STDIN;
it's	"
$$	/*
--	$a$
\.
SELECT 2;
