create or replace function now_text() returns text language sql as 'select now()::text';
