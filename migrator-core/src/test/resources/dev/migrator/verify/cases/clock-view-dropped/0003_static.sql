comment on table events_2024 is 'not made by the clock';
