create or replace view v as select id from t;
