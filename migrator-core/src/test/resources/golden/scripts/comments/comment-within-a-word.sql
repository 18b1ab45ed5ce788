-- Trap: a comment divides words, as white space does.
-- Rule: manual 4.1.5, Comments.
SELECT/*;*/1;
SELECT--;
2;
CREATE/**/TEMP/**/TABLE/**/divided()/**/;
