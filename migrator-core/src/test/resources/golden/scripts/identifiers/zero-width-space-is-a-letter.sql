-- Trap: U+200B and U+FEFF within a script are letters.
-- Rule: manual 4.1.1, Identifiers and Key Words and 4.1: white space is ASCII.
SELECT 1 AS ​; SELECT 2 AS a﻿;
﻿SELECT 3;
