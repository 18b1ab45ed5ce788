-- Trap: an operator's name in DDL may be nearly anything.
-- Rule: manual, CREATE OPERATOR.
CREATE OPERATOR @#@ (RIGHTARG = int8, PROCEDURE = factorial_missing);
DROP OPERATOR IF EXISTS @#@ (NONE, int8);
DROP OPERATOR IF EXISTS @-@(int4,int4);
