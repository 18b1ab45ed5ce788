-- Trap: f, fa, n, of are off; t, tr, y are on: unique prefixes are accepted.
-- Rule: manual 20.1.1, Parameter Names and Values.
SET standard_conforming_strings = f;
SELECT 'a\';b';
SET standard_conforming_strings = 't';
SELECT '\';
SET standard_conforming_strings = of;
SELECT 'a\';b';
SET standard_conforming_strings = y;
SELECT '\';
