CREATE TYPE colour AS ENUM ('red');
ALTER TYPE colour ADD VALUE 'blue';
CREATE TABLE things (id bigint PRIMARY KEY, colour colour DEFAULT 'blue');
