-- Trap: $a $ is no tag: an identifier may not hold a space.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants.
SELECT $a $; SELECT $a $;
