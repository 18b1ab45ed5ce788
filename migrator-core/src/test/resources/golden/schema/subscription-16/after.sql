CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION a
  WITH (connect = false, slot_name = NONE, streaming = parallel, password_required = false, run_as_owner = true, origin = none);
