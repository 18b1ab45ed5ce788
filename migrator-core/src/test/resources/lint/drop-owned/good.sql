REASSIGN OWNED BY clerk TO chief;
