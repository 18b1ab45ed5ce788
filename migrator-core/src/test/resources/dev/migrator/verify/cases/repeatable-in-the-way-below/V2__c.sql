alter table t add column c text;
