-- Trap: block comments nest, as in the SQL standard and unlike in C.
-- Rule: manual 4.1.5, Comments.
/* outer /* inner; */ still outer; */
SELECT 1;
SELECT /* /* /* ; */ ; */ ; */ 2;
