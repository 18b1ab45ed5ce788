-- Trap: a statement begins behind the comments before it.
-- Rule: manual 4.1.5; a comment is removed before analysis.
SELECT 1;

-- about two
/* more
   about two */ SELECT 2;
/* about three */ -- and more
  SELECT 3;
