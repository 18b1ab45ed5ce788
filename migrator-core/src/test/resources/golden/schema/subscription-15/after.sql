CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION a
  WITH (connect = false, slot_name = NONE, streaming = off, two_phase = true, disable_on_error = true);
