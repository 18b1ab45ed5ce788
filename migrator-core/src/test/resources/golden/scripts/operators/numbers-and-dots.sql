-- Trap: 1..2, 1.e5, .5 and 1_000: odd numbers end no statement.
-- Rule: manual 4.1.2.6, Numeric Constants.
SELECT .5; SELECT 5.; SELECT 1.5e-3; SELECT 1e10; SELECT 1_000;
SELECT 0x1F; SELECT 0b01; SELECT 0o17;
