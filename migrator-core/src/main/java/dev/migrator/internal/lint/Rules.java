package dev.migrator.internal.lint;

import dev.migrator.internal.sql.NearestWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rules that there are, and those of them that are looked for.
 *
 * @param all every rule
 * @param selected those that are looked for
 */
public record Rules(List<Rule> all, List<Rule> selected) {

  /** Keeps copies. */
  public Rules {
    all = List.copyOf(all);
    selected = List.copyOf(selected);
  }

  /** Those that are on unless somebody says otherwise. */
  public static Rules of(List<Rule> all) {
    return new Rules(
        all, all.stream().filter(rule -> rule.standing() == Rule.Standing.ON).toList());
  }

  /** The same with some of them switched. */
  public Rules switched(Set<String> on, Set<String> off) {
    List<Rule> rules = new ArrayList<>();
    for (Rule rule : all) {
      boolean selects = selected.contains(rule) || on.contains(rule.id());
      if (selects && !off.contains(rule.id())) {
        rules.add(rule);
      }
    }
    return new Rules(all, rules);
  }

  /** Some of those that are looked for. */
  public Rules only(Predicate<Rule> which) {
    return new Rules(all, selected.stream().filter(which).toList());
  }

  /** Whether a rule has this id. */
  public boolean knows(String id) {
    return all.stream().anyMatch(rule -> rule.id().equals(id));
  }

  /** Which rule an id may mean, in a sentence; empty when it is like none. */
  public String nearest(String id) {
    return NearestWord.to(id, all.stream().map(Rule::id).toList())
        .map(near -> "Did you mean '" + near + "'?")
        .orElse("'migrator lint --list' shows all of them.");
  }
}
