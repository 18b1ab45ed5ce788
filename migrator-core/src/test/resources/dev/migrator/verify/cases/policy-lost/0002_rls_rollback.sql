drop policy own_orders on orders;
