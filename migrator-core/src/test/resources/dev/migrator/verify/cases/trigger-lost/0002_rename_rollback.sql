create function touch() returns trigger language plpgsql as $$
begin
  new.changed_at := now();
  return new;
end $$;
