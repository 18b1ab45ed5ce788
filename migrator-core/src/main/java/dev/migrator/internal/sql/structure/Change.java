package dev.migrator.internal.sql.structure;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of the changes that an ALTER makes; one entry for each, in the order of the text. */
public sealed interface Change permits Change.OfObject, ColumnChange, TableChange, TypeChange {

  /** Where it begins in the statement's text, in UTF-16 units from 0. */
  int offset();

  /** Changes that most kinds of object know. */
  sealed interface OfObject extends Change {}

  /** RENAME TO. */
  record Rename(Name to, int offset) implements OfObject {}

  /** SET SCHEMA. */
  record SetSchema(Name schema, int offset) implements OfObject {}

  /** OWNER TO. */
  record SetOwner(Name owner, int offset) implements OfObject {}

  /** SET TABLESPACE. */
  record SetTablespace(Name tablespace, Set<Clause> clauses, int offset) implements OfObject {
    public SetTablespace {
      clauses = Clauses.copy(clauses);
    }
  }

  /**
   * SET ( ... ), RESET ( ... ) and OPTIONS ( ... ).
   *
   * @param verb {@code SET}, {@code RESET} or {@code OPTIONS}
   * @param names the parameters in lower case
   * @param text the list in its parentheses
   */
  record Parameters(String verb, List<String> names, Fragment text, int offset)
      implements OfObject {
    public Parameters {
      names = List.copyOf(names);
    }
  }

  /** ADD of a constraint, to a table or a domain. */
  record AddConstraint(Constraint constraint, int offset) implements OfObject {}

  /** DROP CONSTRAINT, of a table or a domain. */
  record DropConstraint(Name name, Set<Clause> clauses, int offset) implements OfObject {
    public DropConstraint {
      clauses = Clauses.copy(clauses);
    }
  }

  /** VALIDATE CONSTRAINT, of a table or a domain. */
  record ValidateConstraint(Name name, int offset) implements OfObject {}

  /** ALTER CONSTRAINT. */
  record AlterConstraint(Name name, Set<Clause> clauses, int offset) implements OfObject {
    public AlterConstraint {
      clauses = Clauses.copy(clauses);
    }
  }

  /** RENAME CONSTRAINT. */
  record RenameConstraint(Name from, Name to, int offset) implements OfObject {}

  /**
   * A change that has no type of its own but is known: the options of a sequence, a role, a publication.
   *
   * @param text the change as the script writes it, from its first word to its last
   */
  record Other(Fragment text, int offset) implements OfObject {}

  /**
   * A change that was not recognised.
   *
   * @param text the words, from the first to the comma that ends them
   */
  record Unknown(@Nullable Fragment text, int offset) implements OfObject {}
}
