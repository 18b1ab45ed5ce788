package dev.migrator.internal.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.internal.lint.rules.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("any-server")
class RulesTest {

  static List<RuleCase> rules() {
    return RuleCase.all();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theBadScriptBreaksTheRuleAndNoOtherThatItDoesNotName(RuleCase rule) {
    List<Judgement> judgements = rule.judge("bad");
    Set<String> expected = new TreeSet<>(Set.of(rule.rule().id()));
    rule.told("bad.sql", "also")
        .ifPresent(also -> expected.addAll(Arrays.asList(also.split(", *"))));
    assertThat(broken(judgements))
        .as(() -> judgements.stream()
            .map(j -> j.violation().toString())
            .collect(Collectors.joining("\n")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theGoodScriptDoesNotBreakTheRule(RuleCase rule) {
    List<Judgement> judgements = rule.judge("good");
    assertThat(broken(judgements.stream().filter(j -> j.allowance() == null).toList()))
        .doesNotContain(rule.rule().id());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleSaysWhatBreaksItWhatThatDoesAndWhatToDo(RuleCase each) {
    Rule rule = each.rule();
    assertThat(rule.id()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*").hasSizeLessThan(40);
    assertThat(List.of(rule.condition(), rule.effect(), rule.remedy()))
        .allSatisfy(text -> assertThat(text).endsWith(".").hasSizeGreaterThan(20));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aFindingNamesTheRelationsOfItsRulesClaim(RuleCase each) {
    for (Judgement judgement : each.judge("bad")) {
      Finding finding = judgement.finding();
      if (finding.rule().equals(each.rule())) {
        Set<Claim.Role> claimed =
            each.rule().claim().costs().stream().map(Claim.Cost::role).collect(Collectors.toSet());
        assertThat(finding.relations().keySet()).isEqualTo(claimed);
      }
    }
  }

  @Test
  void everyFolderOfScriptsIsThatOfARule() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("src/test/resources/lint"))) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Catalogue.rules().all().stream().map(Rule::id).toList());
    }
  }

  private static Set<String> broken(List<Judgement> judgements) {
    return judgements.stream()
        .map(judgement -> judgement.finding().rule().id())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
