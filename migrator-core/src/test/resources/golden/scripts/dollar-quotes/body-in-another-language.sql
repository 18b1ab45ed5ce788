-- Trap: a body in Perl or Python holds unbalanced quotes and braces.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants.
CREATE FUNCTION perlish() RETURNS text LANGUAGE plperl AS $perl$
  my $s = "it's"; $s =~ s/;/$$/g; return $s; # '
$perl$;
SELECT 2;
