CREATE SUBSCRIPTION s CONNECTION 'host=elsewhere password=x' PUBLICATION a, b
  WITH (connect = false, slot_name = spare, streaming = on, binary = true, synchronous_commit = 'on');
COMMENT ON SUBSCRIPTION s IS 'why';
