-- Trap: ? ?| and ?& are operators, not parameters.
-- Rule: manual 4.1.3, Operators and 9.16, JSON operators.
SELECT '{}'::jsonb ? 'a;'; SELECT '{}'::jsonb ?| '{a;}'; SELECT '{}'::jsonb?&'{b;}';
