revoke all on orders from public;
