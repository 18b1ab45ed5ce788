ALTER TYPE state ADD VALUE 'settled';
