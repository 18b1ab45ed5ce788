create table names (person bigint references people, name text);
