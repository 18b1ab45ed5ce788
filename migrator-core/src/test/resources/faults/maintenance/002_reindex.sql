reindex index concurrently readings_value;
