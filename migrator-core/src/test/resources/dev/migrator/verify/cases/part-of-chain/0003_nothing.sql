create table notes (person bigint references people, note text);
