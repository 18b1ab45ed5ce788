-- Trap: ->-- is an operator and a comment.
-- Rule: manual 4.1.3, Operators.
SELECT '{}'::json->-- ;'
'a';
SELECT '{}'::json->>/*;*/'a';
