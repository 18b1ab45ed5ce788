-- version: 15
ALTER TABLE orders SET ACCESS METHOD heap2;
