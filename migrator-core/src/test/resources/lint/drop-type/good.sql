CREATE TYPE colour AS ENUM ('red');
DROP TYPE colour;
DROP TYPE state;
CREATE TYPE state AS ENUM ('new', 'paid');
