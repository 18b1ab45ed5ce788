-- Trap: a quote written twice is one quote, and the string goes on.
-- Rule: manual 4.1.2.1, String Constants.
SELECT 'it''s; here';
SELECT '''';
SELECT ''';''';
