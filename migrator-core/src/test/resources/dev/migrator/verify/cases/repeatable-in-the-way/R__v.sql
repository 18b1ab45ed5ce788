create or replace view v as select * from t;
