-- Trap: a dollar quote that does not end takes the rest of the file.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants. Refused where it begins.
SELECT 1;
  SELECT $tag$ never; $TAG$;
