-- needs PostgreSQL 16
CREATE COLLATION c (provider = icu, locale = 'de');
