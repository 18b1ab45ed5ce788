drop index events_at;
