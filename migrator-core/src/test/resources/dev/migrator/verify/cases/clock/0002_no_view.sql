drop view recent;
