CREATE TABLE events (at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE history (at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE old_events (at date NOT NULL, note text);
CREATE TABLE checked_events (at date NOT NULL, note text);
ALTER TABLE checked_events ADD CHECK (at >= '2022-01-01' AND at < '2023-01-01');
