CREATE DOMAIN removed AS integer;
CREATE DOMAIN d AS integer CONSTRAINT positive CHECK (VALUE > 0);
CREATE DOMAIN words AS text;
