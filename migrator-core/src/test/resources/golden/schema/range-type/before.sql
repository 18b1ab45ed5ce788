CREATE TYPE removed AS RANGE (subtype = float4);
CREATE TYPE span AS RANGE (subtype = float8);
CREATE TYPE words AS RANGE (subtype = text);
CREATE TYPE other;
CREATE FUNCTION smallest(span) RETURNS span IMMUTABLE LANGUAGE internal AS 'int4range_canonical';
