-- Trap: -> and ->> end in no comment, and a string may follow at once.
-- Rule: manual 4.1.3, Operators.
SELECT '{"a;": 1}'::json->'a;'; SELECT '{}'::json->>';';
SELECT '{}'::jsonb#>>'{a;}';
SELECT '{}'::jsonb-'a;';
