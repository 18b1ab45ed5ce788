CREATE TABLE letters (stamp text) INHERITS (notes);
