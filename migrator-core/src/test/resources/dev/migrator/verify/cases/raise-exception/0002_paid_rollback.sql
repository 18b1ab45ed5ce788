do $$ begin
  raise exception 'this migration cannot be rolled back';
end $$;
