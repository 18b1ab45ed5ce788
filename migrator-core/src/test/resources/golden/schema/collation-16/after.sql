CREATE COLLATION c (provider = icu, locale = 'de', rules = '&a < b');
