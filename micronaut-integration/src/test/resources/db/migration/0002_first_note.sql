INSERT INTO notes (text) VALUES ('migrated');
