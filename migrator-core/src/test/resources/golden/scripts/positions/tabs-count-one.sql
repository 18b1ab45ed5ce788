-- Trap: a tab is one column.
-- Rule: manual 55.8, ErrorResponse: positions count characters, not bytes.
	SELECT 1;		SELECT 2;
 	 SELECT 3;
