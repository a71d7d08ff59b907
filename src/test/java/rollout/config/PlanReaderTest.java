package rollout.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rollout.plan.Arms;
import rollout.plan.Check;
import rollout.plan.Environment;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.Guardrail;
import rollout.plan.Judgement;
import rollout.plan.Lasting;
import rollout.plan.OnBreach;
import rollout.plan.Plan;
import rollout.plan.Safety;
import rollout.plan.SecretRef;
import rollout.plan.Source;
import rollout.plan.Stage;
import rollout.plan.Tolerance;
import rollout.plan.WithoutControl;

/** What stands in a file is what the plan says, and what does not stand there is the default. */
class PlanReaderTest {
  private static final String SMALLEST =
      """
      version: 1
      environments: { on: { url: "${URL}", token_file: "${HOME}/token", variables: { off: yes } } }
      stages: [{ name: one, environment: on, exposure: 0.5%, bake: 100ms, unguarded: true }]
      """;

  private static final String GUARDED =
      """
      version: 1
      environments: { a: { url: https://a.example } }
      sources:
        p: { type: prometheus, url: https://p.example, basic: { user: u, password: "${P}" }, lag: 0s }
        s: { type: sentry, url: https://s.example, organization: o, headers: { X: "${H}" } }
      variables: { team: gitaly }
      guardrails:
        - { name: ratio, source: p, errors: sum(e), requests: sum(r), max_ratio: 0.5% }
        - { name: value, source: p, value: 'max(v{m="{{method}}"})', min: -1, max: 2.5, for: 5m, on_breach: warn }
        - { name: new, source: s, project: x, query: "{{method}}", count: new_issues, max: 0, on_breach: hold }
        - { name: events, source: s, project: x, query: y, count: events, max_ratio_to_baseline: 2, for: 2 }
      stages:
        - { name: one, environment: a, exposure: 5%, bake: 1h, guardrails: [value] }
        - { name: two, environment: a, exposure: 50%, bake: 1h, interval: 2m, min_requests: 7 }
      """;

  private static final String COMPARED =
      """
      version: 1
      environments: { a: { url: https://a.example } }
      sources:
        p: { type: prometheus, url: https://p.example }
        s: { type: sentry, url: https://s.example, organization: o }
        l: { type: elasticsearch, url: https://l.example, index: "logs-*" }
      guardrails:
        - { name: logs, type: compare, source: l, flag_field: f, errors: e, requests: r }
        - { name: series, type: compare, source: p, treatment: { errors: a_total, requests: b_total }, control: { errors: 'c[{{window}}]', requests: 'd[{{window}}]' }, reference: { errors: e_total, requests: f_total }, tolerate: 25%, tolerate_reference: 0.5%, tolerate_history: 200%, on_breach_without_control: hold }
        - { name: new, type: compare, source: s, project: x, query: y, count: new_issues, on_breach: warn }
      stages:
        - { name: one, environment: a, exposure: 5%, bake: 1h, guardrails: [logs] }
        - { name: none, environment: a, exposure: 10%, bake: 1h, guardrails: [logs], require_detectable: none }
        - { name: two, environment: a, exposure: 50%, bake: { at_least: 1h, until_detectable: 1.5x, at_most: 12h }, guardrails: [logs] }
        - { name: three, environment: a, exposure: 100%, bake: 1h, guardrails: [series] }
        - { name: four, environment: a, exposure: 100%, bake: 1h, guardrails: [logs] }
        - { name: five, environment: a, exposure: 50%, bake: 1h, guardrails: [new] }
      """;

  @Test
  void wordsThatOldYamlTakesForTruthStayWords() {
    Plan plan = read(SMALLEST).readable();
    Environment on = plan.environment("on");
    assertEquals(Map.of("off", "yes"), on.variables());
    assertEquals(SecretRef.text("${URL}", on.url().origin()), on.url());
    assertEquals("rollout.yaml:2:28", on.url().origin().toString());
    assertEquals(SecretRef.Kind.FILE, on.token().orElseThrow().kind());
  }

  @Test
  void whatIsLeftOutIsTheDefault() {
    Plan plan = read(SMALLEST).readable();
    assertEquals(Judgement.DEFAULT, plan.judgement());
    assertEquals(Safety.DEFAULT, plan.safety());
    Stage stage = plan.stages().get(0);
    assertEquals(Duration.ofMinutes(1), stage.interval());
    assertEquals(Exposure.parse("0.5%"), stage.exposure());
    assertEquals(Duration.ofMillis(100), stage.bake());
    assertTrue(stage.unguarded());
  }

  @Test
  void eachFormOfGuardrailIsRead() {
    Plan plan = read(GUARDED).readable();
    assertEquals(
        new Check.Ratio("sum(e)", "sum(r)", 0.005, 100, 0), plan.guardrail("ratio").check());
    Guardrail value = plan.guardrail("value");
    assertEquals(
        new Check.Value("max(v{m=\"{{method}}\"})", Optional.of(2.5), Optional.of(-1.0)),
        value.check());
    assertEquals(Lasting.span(Duration.ofMinutes(5)), value.lasting());
    assertEquals(OnBreach.WARN, value.onBreach());
    assertEquals(new Check.NewIssues("x", "{{method}}", 0), plan.guardrail("new").check());
    assertEquals(
        new Check.Events("x", "y", Optional.empty(), Optional.of(2.0), Duration.ofDays(7), 0),
        plan.guardrail("events").check());
    assertEquals(Lasting.looks(2), plan.guardrail("events").lasting());
  }

  @Test
  void aStageIsWatchedByAllUnlessItNamesItsOwn() {
    Plan plan = read(GUARDED).readable();
    assertEquals(List.of("value"), plan.stages().get(0).guardrails());
    assertEquals(List.of("ratio", "value", "new", "events"), plan.stages().get(1).guardrails());
    assertEquals(Optional.of(7L), plan.stages().get(1).minRequests());
  }

  @Test
  void eachFormOfComparisonIsRead() {
    Plan plan = read(COMPARED).readable();
    assertEquals(
        new Check.Compare(
            new Arms.Logs("f", "e", "r"), new Tolerance(1.1, 1.5, 2.0), WithoutControl.STEP_BACK),
        plan.guardrail("logs").check());
    assertEquals(
        new Check.Compare(
            new Arms.Series(
                new Arms.Pair("a_total", "b_total"),
                Optional.of(new Arms.Pair("c[{{window}}]", "d[{{window}}]")),
                Optional.of(new Arms.Pair("e_total", "f_total"))),
            new Tolerance(1.25, 1.005, 3),
            WithoutControl.HOLD),
        plan.guardrail("series").check());
    assertEquals(
        new Arms.NewIssues("x", "y"), ((Check.Compare) plan.guardrail("new").check()).arms());
    assertEquals(OnBreach.WARN, plan.guardrail("new").onBreach());
  }

  @Test
  void aStageWaitsForADoublingWhereAComparisonHasAControl() {
    Plan plan = read(COMPARED).readable();
    assertEquals(
        List.of(
            Optional.of(2.0),
            Optional.empty(),
            Optional.of(1.5),
            Optional.of(2.0),
            Optional.empty(),
            Optional.empty()),
        plan.stages().stream().map(Stage::requireDetectable).toList());
    assertEquals(Duration.ofHours(1), plan.stages().get(2).bake());
    assertEquals(Optional.of(Duration.ofHours(12)), plan.stages().get(2).bakeAtMost());
  }

  @Test
  void sourcesKnowHowTheyAreSpokenTo() {
    Plan plan = read(GUARDED).readable();
    assertEquals(Duration.ZERO, plan.lagOf("p"));
    assertEquals("u", plan.source("p").access().basic().orElseThrow().user().text());
    Source.Sentry sentry = (Source.Sentry) plan.source("s");
    assertEquals("o", sentry.organization());
    assertEquals("${H}", sentry.access().headers().get("X").text());
  }

  @Test
  void aFlagIsRefusedWhilePlaceholdersStayOpen() {
    PlanFile file = read(GUARDED);
    FlagName flag = new FlagName("gitaly_x");
    List<String> open =
        file.openPlaceholders(flag, Map.of()).stream().map(Problem::toString).toList();
    assertEquals(2, open.size());
    assertEquals(
        "rollout.yaml:9:38: error: value.value: nothing fills {{method}} in environment a for"
            + " gitaly_x; give a value under flags.gitaly_x.variables, or with --var NAME=VALUE",
        open.get(0));
    assertThrows(ConfigException.class, () -> file.drivable(flag, Map.of()));
    assertEquals(List.of(), file.openPlaceholders(flag, Map.of("method", "M")));
    assertEquals("M", file.drivable(flag, Map.of("method", "M")).values(flag, "a").get("method"));
  }

  @Test
  void aValueThatCannotStandInASearchIsRefused() {
    List<Problem> open =
        read(GUARDED).openPlaceholders(new FlagName("x"), Map.of("method", "a OR b"));
    assertEquals(1, open.size());
    assertTrue(open.get(0).message().contains("would change a Sentry search"));
  }

  @Test
  void aPlanWithWhatIsNotSupportedYetIsReadButNotDriven() {
    PlanFile file = read(SMALLEST + "outcome: { labels: [a] }\n");
    assertTrue(file.plan().isPresent());
    ConfigException refused =
        assertThrows(ConfigException.class, () -> file.drivable(new FlagName("x"), Map.of()));
    assertTrue(
        refused.getMessage().contains("rollout.yaml:4:1: error: outcome: not supported yet"));
  }

  @Test
  void environmentsSurviveWhateverElseIsWrong() {
    PlanFile file = read(SMALLEST.replace("stages", "stagse"));
    assertFalse(file.plan().isPresent());
    assertEquals("on", file.environments().get(0).name());
    assertThrows(ConfigException.class, file::readable);
  }

  @Test
  void aFileThatIsTooLargeOrTooDeepIsOneError() {
    assertEquals(
        List.of(
            "rollout.yaml:1:1: error: the file is larger than 1 MiB; a plan is a few pages at most"),
        said("#".repeat(2_000_000)));
    assertEquals(
        List.of("rollout.yaml:1:59: error: more than 50 levels deep; a plan has a handful"),
        said("stages: " + "[".repeat(100_000)));
  }

  @Test
  void whatOtherEditorsWriteIsRead() {
    assertEquals(List.of(), said("\ufeff" + SMALLEST));
    assertEquals(List.of(), said(SMALLEST.replace("\n", "\r\n")));
    assertEquals(List.of(), said(SMALLEST.replace("\n", "\r")));
    assertEquals(List.of(), said("%YAML 1.2\n---\n" + SMALLEST + "...\n"));
  }

  @Test
  void anAliasIsSeenBehindLineBreaksOfOtherKinds() {
    String text = SMALLEST + "variables: { a: \"x\u2028y\u2028\", b: &c d, e: *c }\n";
    assertTrue(said(text).stream().anyMatch(line -> line.contains("a YAML alias is not allowed")));
  }

  @Test
  void aMessageIsOneLineWithoutControlCharacters() {
    List<String> said = said("\"a\\e[2J\\nb\": 1");
    assertTrue(
        said.stream().anyMatch(line -> line.contains("a\\u001B[2J\\u000Ab")), said::toString);
  }

  private static List<String> said(String text) {
    return read(text).problems().stream().map(Problem::toString).toList();
  }

  private static PlanFile read(String text) {
    return PlanReader.read("rollout.yaml", text);
  }
}
