-- Trap: a line comment may stand between the parts of a string; a quote in it is no quote.
-- Rule: manual 4.1.2.1, String Constants; comments are white space here.
SELECT 'foo' -- it's; a comment
  'bar;';
SELECT 2;
