CREATE OPERATOR FAMILY f USING btree;
CREATE OPERATOR CLASS c FOR TYPE integer USING btree AS OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 btint4cmp(integer, integer);
CREATE OPERATOR CLASS removed FOR TYPE integer USING hash AS OPERATOR 1 =, FUNCTION 1 hashint4(integer);
CREATE TYPE mood AS ENUM ('x');
CREATE OPERATOR CLASS points FOR TYPE box USING gist AS OPERATOR 1 <<, FUNCTION 1 gist_box_consistent(internal, box, smallint, oid, internal);
