-- Trap: U+2028 and U+0085 end no line and no comment.
-- Rule: manual 4.1.5, Comments; only CR and LF end it.
SELECT 1 -- a; ;;
;
SELECT 2;
