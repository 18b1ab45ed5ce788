CREATE ROLE clerk LOGIN PASSWORD 'kept-in-git';
