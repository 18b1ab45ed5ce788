create table currencies (code char(3) primary key);
insert into currencies values ('EUR'), ('USD');
