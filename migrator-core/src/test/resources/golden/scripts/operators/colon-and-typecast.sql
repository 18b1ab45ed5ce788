-- Trap: :: and := and a slice's colon are no psql variables.
-- Rule: manual 4.1.3, Operators, 4.1.4, and psql, SQL Interpolation.
SELECT '1'::int; SELECT ('{1,2,3}'::int[])[1:2]; SELECT ('{1,2}'::int[])[:];
SELECT make_date(year:=2020, month:=1, day:=1);
SELECT make_date(year=>2020,month=>1,day=>1);
