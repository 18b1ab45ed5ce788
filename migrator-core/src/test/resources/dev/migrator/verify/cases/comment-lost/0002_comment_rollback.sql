comment on column orders.note is null;
