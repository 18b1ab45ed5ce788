alter table orders enable row level security;
create policy own_orders on orders using (note = current_user);
