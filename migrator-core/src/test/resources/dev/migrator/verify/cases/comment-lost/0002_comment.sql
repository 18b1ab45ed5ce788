comment on column orders.note is 'what the customer said';
