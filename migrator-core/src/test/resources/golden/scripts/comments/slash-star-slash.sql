-- Trap: /*/ opens a comment and does not close it.
-- Rule: manual 4.1.5, Comments.
SELECT 1 /*/ ; still inside; */;
SELECT 2 /*/**/*/;
