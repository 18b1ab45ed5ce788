-- Trap: the server refuses U& strings while it is off; they still end at the quote.
-- Rule: manual 20.13.1, standard_conforming_strings and 4.1.2.3.
SET standard_conforming_strings = off;
SELECT U&'\';
SELECT 3;
