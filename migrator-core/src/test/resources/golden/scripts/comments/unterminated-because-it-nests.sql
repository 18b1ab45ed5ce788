-- Trap: the inner comment ends, the outer one does not.
-- Rule: manual 4.1.5, Comments. Refused where the outer one begins.
SELECT 1; /* outer /* inner */
SELECT 2;
