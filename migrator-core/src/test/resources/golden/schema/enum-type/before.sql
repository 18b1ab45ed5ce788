CREATE TYPE removed AS ENUM ('a');
CREATE TYPE mood AS ENUM ('sad', 'happy');
