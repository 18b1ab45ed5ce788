CREATE SUBSCRIPTION removed CONNECTION 'host=nowhere' PUBLICATION a WITH (connect = false, slot_name = NONE, streaming = off);
CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION a WITH (connect = false, slot_name = NONE, streaming = off);
