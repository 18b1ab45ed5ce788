-- Trap: a tag follows the rules of an unquoted identifier, without a dollar sign.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants.
SELECT $_1$ ; $_1$;
SELECT $a1_b2$ ; $a1$ ; $a1_b2$;
