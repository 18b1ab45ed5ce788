DELETE FROM orders WHERE note = 'draft';
