CREATE FUNCTION call() RETURNS language_handler LANGUAGE internal AS 'int4in';
