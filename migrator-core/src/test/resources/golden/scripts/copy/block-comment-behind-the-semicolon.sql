-- Trap: even a comment that goes on on the next line would be cut by the data: refused.
-- Rule: manual, psql: the data begin on the next line.
COPY u FROM STDIN; /* a
 */
\.
SELECT 2;
