create index events_at on events (at);
create table log (id bigint);
