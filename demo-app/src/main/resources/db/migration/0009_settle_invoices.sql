-- Purpose: A payment settles its invoice when nothing is left to pay, and is refused when it is too much
-- Date: 2026-03-04

CREATE FUNCTION settle_invoice() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  invoice invoices;
  paid    numeric;
BEGIN
  -- Locked first: of two payments at the same moment the second must see what the first one paid.
  SELECT * INTO STRICT invoice FROM invoices WHERE id = NEW.invoice_id FOR UPDATE;
  IF invoice.status = 'void' THEN
    RAISE EXCEPTION 'invoice % is void', invoice.number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_invoice_not_void';
  END IF;

  SELECT sum(amount) INTO paid FROM payments WHERE invoice_id = invoice.id;
  IF paid > invoice.total THEN
    RAISE EXCEPTION 'invoice % would be overpaid by % %',
        invoice.number, paid - invoice.total, invoice.currency_code
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_not_too_much';
  ELSIF paid = invoice.total THEN
    UPDATE invoices SET status = 'paid' WHERE id = invoice.id;
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER payments_settle_invoice
  AFTER INSERT ON payments
  FOR EACH ROW EXECUTE FUNCTION settle_invoice();
