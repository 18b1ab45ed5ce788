-- Trap: a question mark is an operator and no parameter.
-- Rule: manual 4.1.3, Operators.
SELECT '{}'::jsonb ? 'x;' AND '{}'::jsonb ?| array['?;'];
SELECT '?;';
