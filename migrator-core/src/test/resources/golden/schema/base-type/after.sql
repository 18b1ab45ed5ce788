CREATE TYPE shell;
CREATE FUNCTION unshell_in(cstring) RETURNS shell IMMUTABLE STRICT LANGUAGE internal AS 'int4in';
CREATE FUNCTION unshell_out(shell) RETURNS cstring IMMUTABLE STRICT LANGUAGE internal AS 'int4out';
CREATE TYPE shell (INPUT = unshell_in, OUTPUT = unshell_out, LIKE = integer);
CREATE TYPE number;
CREATE FUNCTION number_in(cstring) RETURNS number IMMUTABLE STRICT LANGUAGE internal AS 'int8in';
CREATE FUNCTION number_out(number) RETURNS cstring IMMUTABLE STRICT LANGUAGE internal AS 'int8out';
CREATE FUNCTION number_receive(internal) RETURNS number IMMUTABLE STRICT LANGUAGE internal AS 'int8recv';
CREATE FUNCTION number_send(number) RETURNS bytea IMMUTABLE STRICT LANGUAGE internal AS 'int8send';
CREATE FUNCTION number_analyze(internal) RETURNS boolean LANGUAGE internal AS 'range_typanalyze';
CREATE TYPE number (INPUT = number_in, OUTPUT = number_out, RECEIVE = number_receive, SEND = number_send,
  ANALYZE = number_analyze, INTERNALLENGTH = 8, ALIGNMENT = double, CATEGORY = 'N', PREFERRED = true,
  DEFAULT = '7', ELEMENT = integer, SUBSCRIPT = raw_array_subscript_handler, DELIMITER = ';');
CREATE TYPE words;
CREATE FUNCTION words_in(cstring) RETURNS words IMMUTABLE STRICT LANGUAGE internal AS 'textin';
CREATE FUNCTION words_out(words) RETURNS cstring IMMUTABLE STRICT LANGUAGE internal AS 'textout';
CREATE FUNCTION words_typmod_in(cstring[]) RETURNS integer IMMUTABLE STRICT LANGUAGE internal AS 'varchartypmodin';
CREATE FUNCTION words_typmod_out(integer) RETURNS cstring IMMUTABLE STRICT LANGUAGE internal AS 'varchartypmodout';
CREATE TYPE words (INPUT = words_in, OUTPUT = words_out, TYPMOD_IN = words_typmod_in, TYPMOD_OUT = words_typmod_out,
  STORAGE = extended, COLLATABLE = true);
