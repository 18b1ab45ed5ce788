-- Trap: a quoted identifier that does not end takes the rest of the file.
-- Rule: manual 4.1.1, Identifiers and Key Words. Refused where it begins.
SELECT 1;
	SELECT "a"";
SELECT 2;
