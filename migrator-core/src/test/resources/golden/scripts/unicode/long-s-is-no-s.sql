-- Trap: ſ becomes S in upper case, and is no letter of a key word.
-- Rule: manual 4.1.1, Identifiers and Key Words; key words are ASCII.
COPY u FROM ſTDIN;
REſET ALL;
SELECT 3;
