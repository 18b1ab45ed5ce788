-- Trap: /*/* opens two, */*/ closes two.
-- Rule: manual 4.1.5, Comments.
SELECT /*/*;*/;*/ 1;
SELECT /**/ 2;
SELECT /***/ 3;
SELECT /****/ 4;
