vacuum analyze items;
