-- Trap: letters of any alphabet may stand in a tag.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants and 4.1.1.
SELECT $täg$ ; $tag$ ; $täg$;
SELECT $日本$ ; $日本$;
SELECT $рус$;$рус$;
