-- migrator: irreversible because the notes are gone for good
alter table orders drop column note;
