CREATE TYPE added AS RANGE (subtype = float4);
CREATE TYPE span AS RANGE (subtype = integer, subtype_diff = int4range_subdiff, multirange_type_name = spans);
CREATE TYPE words AS RANGE (subtype = text, subtype_opclass = text_pattern_ops, collation = "C");
CREATE TYPE other;
CREATE FUNCTION smallest(other) RETURNS other IMMUTABLE LANGUAGE internal AS 'int4range_canonical';
CREATE TYPE other AS RANGE (subtype = integer, canonical = smallest);
