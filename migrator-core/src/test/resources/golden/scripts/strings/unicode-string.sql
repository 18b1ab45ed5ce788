-- Trap: in U&'...' a backslash begins a code point and never hides a quote.
-- Rule: manual 4.1.2.3, String Constants with Unicode Escapes.
SELECT U&'d\0061t\+000061;';
SELECT u&'\\';
SELECT U&'it''s;';
