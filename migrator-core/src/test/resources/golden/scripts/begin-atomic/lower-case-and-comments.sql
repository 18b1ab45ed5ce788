-- Trap: comments between BEGIN and ATOMIC, and small letters.
-- Rule: manual, CREATE FUNCTION, sql_body.
create function ba13() returns int language sql begin /* ; */ atomic -- ;
 select 1; /* end; */ select 'end;'; end;
select 2;
