-- Purpose: Undo 0006: payments in any currency, no exchange rates
-- Date: 2026-02-02

ALTER TABLE payments DROP CONSTRAINT payments_invoice_currency_fkey;
ALTER TABLE invoices DROP CONSTRAINT invoices_id_currency_code_key;
DROP TABLE exchange_rates;
