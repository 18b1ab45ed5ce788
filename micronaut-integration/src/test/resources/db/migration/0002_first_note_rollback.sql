DELETE FROM notes WHERE text = 'migrated';
