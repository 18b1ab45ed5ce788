create table orders (id bigint primary key, changed_at timestamptz);
create function touch() returns trigger language plpgsql as $$
begin
  new.changed_at := now();
  return new;
end $$;
create trigger orders_touch before update on orders for each row execute function touch();
