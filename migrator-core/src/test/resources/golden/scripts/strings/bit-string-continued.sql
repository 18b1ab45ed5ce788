-- Trap: a bit string goes on on the next line.
-- Rule: manual 4.1.2.5, Bit-String Constants: it can be continued like a string.
SELECT B'10'
'01';
SELECT X'AB'
  'CD;';
