-- Fails: the column is called due_on. It is here to be seen failing: DEMO_FAIL=true ./mvnw -q -Pdemo
ALTER TABLE invoices ADD COLUMN late_fee numeric(12, 2);

UPDATE invoices SET late_fee = 10 WHERE invoices.due_onn < current_date;
