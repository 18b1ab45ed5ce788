drop view if exists recent;
