CREATE COLLATION removed (locale = 'C');
CREATE COLLATION c (locale = 'C');
CREATE COLLATION mixed (lc_collate = 'C', lc_ctype = 'C');
