drop table if exists invoice;
