-- needs PostgreSQL 17
CREATE DOMAIN d AS integer NOT NULL;
