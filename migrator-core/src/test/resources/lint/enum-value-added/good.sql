CREATE TYPE colour AS ENUM ('red');
ALTER TYPE colour ADD VALUE 'blue';
