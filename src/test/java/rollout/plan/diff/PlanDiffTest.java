package rollout.plan.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import rollout.config.PlanReader;
import rollout.plan.FlagName;
import rollout.plan.Plan;

/** Every kind of change: what is replaced in the file, how it reads, and whether it loosens. */
class PlanDiffTest {
  private static final FlagName FLAG = new FlagName("gitaly_commit_stats");
  private static final boolean LOOSENS = true;
  private static final boolean FINE = false;

  private static final String PLAN =
      """
      version: 1
      environments:
        staging:    { url: https://staging.example, token: "${STAGING}", variables: { env: gstg } }
        production: { url: https://gitlab.example,  token: "${PRODUCTION}" }
      sources:
        prometheus: { type: prometheus, url: http://p.example, lag: 30s }
        sentry:     { type: sentry, url: https://s.example, organization: gitlab, token: "${SENTRY}" }
        logs:       { type: elasticsearch, url: https://es.example, index: gitaly-1, api_key: "${ELASTIC}" }
        alarms:     { type: alertmanager, url: https://am.example, watchdog: Watchdog }
      flags:
        gitaly_commit_stats: { variables: { method: CommitStats } }
        gitaly_other:        { variables: { method: Other } }
      variables: { team: gitaly }
      guardrails:
        - { name: ratio, source: prometheus, errors: 'e{m="{{method}}"}', requests: r, max_ratio: 1%, min_requests: 100, min_errors: 5, window: 5m, for: 3 }
        - { name: p99, source: prometheus, value: q, max: 0.5, for: 5m, on_breach: hold }
        - { name: up, source: prometheus, value: u, min: 2 }
        - { name: issues, source: sentry, project: gitaly, query: "is:unresolved", count: new_issues, max: 0 }
        - { name: events, source: sentry, project: gitaly, query: "is:any", count: events, max_ratio_to_baseline: 2.0, baseline: 7d, min_events: 20, window: 30m }
        - { name: alerts, source: alarms, matchers: ['type="x"', 'env="y"'], max: 1 }
      exposure_check: { source: prometheus, query: 'sum by (enabled) (c)', window: 15m, tolerate: 3x }
      stages:
        - { name: staging, environment: staging, exposure: 100%, bake: 1h, guardrails: [ratio, p99], approval: "Tested?", min_requests: 10 }
        - { name: low, environment: production, exposure: 5%, bake: 2h, interval: 1m }
        - { name: mid, environment: production, exposure: 50%, bake: 24h }
      judgement: { false_rollback: 1%, no_data: rollback, max_gap: 15m, lag: 60s, extend_at_most: 4x }
      safety: { rollback_scope: all, rollback_to: "off", propagation: 65s, seal: 300s, lease: 10m, in_flight: 210s, gitlab_budget: 15m }
      """;

  private static final Plan BEFORE = read(PLAN);

  static Stream<Arguments> ofServersAndVariables() {
    return Stream.of(
        one(
            "//staging.ex",
            "//other.ex",
            LOOSENS,
            "environment staging: url https://staging.example → https://other.example"),
        one(
            "\"${STAGING}\"",
            "\"${OTHER}\"",
            FINE,
            "environment staging: token ${STAGING} → ${OTHER}"),
        one("env: gstg", "env: gprd", LOOSENS, "environment staging: env \"gstg\" → \"gprd\""),
        one("lag: 30s }", "lag: 90s }", LOOSENS, "source prometheus: lag 30s → 90s"),
        one(
            "http://p.",
            "http://q.",
            LOOSENS,
            "source prometheus: url http://p.example → http://q.example"),
        one(
            "organization: gitlab",
            "organization: other",
            LOOSENS,
            "source sentry: organization \"gitlab\" → \"other\""),
        one(
            "\"${SENTRY}\"",
            "\"${OTHER}\"",
            FINE,
            "source sentry: access (references) → (references)"),
        one(
            "index: gitaly-1",
            "index: gitaly-2",
            LOOSENS,
            "source logs: index \"gitaly-1\" → \"gitaly-2\""),
        one(
            "index: gitaly-1",
            "time_field: t, index: gitaly-1",
            LOOSENS,
            "source logs: time_field \"@timestamp\" → \"t\""),
        one(
            "\"${ELASTIC}\"",
            "\"${OTHER}\"",
            FINE,
            "source logs: access (references) → (references)"),
        one(
            "watchdog: Watchdog",
            "watchdog: Dog",
            LOOSENS,
            "source alarms: watchdog \"Watchdog\" → \"Dog\""),
        one("team: gitaly", "team: git", LOOSENS, "variables: team \"gitaly\" → \"git\""),
        one(
            "method: CommitStats",
            "method: Commits",
            LOOSENS,
            "flag gitaly_commit_stats: method \"CommitStats\" → \"Commits\""));
  }

  static Stream<Arguments> ofGuardrails() {
    return Stream.of(
        one(
            "'env=\"y\"'",
            "'env=\"z\"'",
            LOOSENS,
            "guardrail alerts: matchers \"type=\"x\", env=\"y\"\" → \"type=\"x\", env=\"z\"\""),
        one("max: 1 }", "max: 2 }", LOOSENS, "guardrail alerts: max 1 → 2"),
        one("max: 1 }", "max: 0 }", FINE, "guardrail alerts: max 1 → 0"),
        one(
            "'e{m=",
            "'f{m=",
            LOOSENS,
            "guardrail ratio: errors \"e{m=\"{{method}}\"}\" → \"f{m=\"{{method}}\"}\""),
        one("requests: r,", "requests: s,", LOOSENS, "guardrail ratio: requests \"r\" → \"s\""),
        one("max_ratio: 1%", "max_ratio: 5%", LOOSENS, "guardrail ratio: max_ratio 1% → 5%"),
        one("max_ratio: 1%", "max_ratio: 0.5%", FINE, "guardrail ratio: max_ratio 1% → 0.5%"),
        one(
            "min_requests: 100",
            "min_requests: 20",
            LOOSENS,
            "guardrail ratio: min_requests 100 → 20"),
        one(
            "min_requests: 100",
            "min_requests: 200",
            LOOSENS,
            "guardrail ratio: min_requests 100 → 200"),
        one("min_errors: 5", "min_errors: 9", LOOSENS, "guardrail ratio: min_errors 5 → 9"),
        one("min_errors: 5", "min_errors: 1", FINE, "guardrail ratio: min_errors 5 → 1"),
        one("window: 5m,", "window: 4m,", LOOSENS, "guardrail ratio: window 5m → 4m"),
        one("for: 3 }", "for: 4 }", LOOSENS, "guardrail ratio: for 3 looks → 4 looks"),
        one("for: 3 }", "for: 2 }", FINE, "guardrail ratio: for 3 looks → 2 looks"),
        one("for: 3 }", "for: 3m }", LOOSENS, "guardrail ratio: for 3 looks → 3m"),
        one("for: 5m", "for: 6m", LOOSENS, "guardrail p99: for 5m → 6m"),
        one("for: 5m", "for: 4m", FINE, "guardrail p99: for 5m → 4m"),
        one("on_breach: hold", "on_breach: warn", LOOSENS, "guardrail p99: on_breach hold → warn"),
        one(
            "on_breach: hold",
            "on_breach: rollback",
            FINE,
            "guardrail p99: on_breach hold → rollback"),
        one("max: 0.5", "max: 0.8", LOOSENS, "guardrail p99: max 0.5 → 0.8"),
        one("max: 0.5", "max: 0.5, min: 0.1", FINE, "guardrail p99: min none → 0.1"),
        one("min: 2 }", "min: 1 }", LOOSENS, "guardrail up: min 2 → 1"),
        one("min: 2 }", "min: 3 }", FINE, "guardrail up: min 2 → 3"),
        one("value: u", "value: v", LOOSENS, "guardrail up: value \"u\" → \"v\""),
        one("new_issues, max: 0", "new_issues, max: 1", LOOSENS, "guardrail issues: max 0 → 1"),
        one(
            "is:unresolved",
            "is:assigned",
            LOOSENS,
            "guardrail issues: query \"is:unresolved\" → \"is:assigned\""),
        one(
            "baseline: 2.0",
            "baseline: 3",
            LOOSENS,
            "guardrail events: max_ratio_to_baseline 2 → 3"),
        one("baseline: 7d", "baseline: 1d", LOOSENS, "guardrail events: baseline 7d → 1d"),
        one("min_events: 20", "min_events: 50", LOOSENS, "guardrail events: min_events 20 → 50"),
        one("tolerate: 3x", "tolerate: 4x", LOOSENS, "exposure_check: tolerate 3 → 4"),
        one("tolerate: 3x", "tolerate: 2x", FINE, "exposure_check: tolerate 3 → 2"),
        one(
            "(c)'",
            "(d)'",
            LOOSENS,
            "exposure_check: query \"sum by (enabled) (c)\" → \"sum by (enabled) (d)\""));
  }

  static Stream<Arguments> ofStages() {
    return Stream.of(
        one("exposure: 50%", "exposure: 60%", LOOSENS, "stage mid: exposure 50% → 60%"),
        one("exposure: 50%", "exposure: 40%", FINE, "stage mid: exposure 50% → 40%"),
        one("bake: 24h", "bake: 12h", LOOSENS, "stage mid: bake 1d → 12h"),
        one("bake: 24h", "bake: 48h", FINE, "stage mid: bake 1d → 2d"),
        one("interval: 1m", "interval: 5m", LOOSENS, "stage low: interval 1m → 5m"),
        one("[ratio, p99]", "[ratio]", LOOSENS, "stage staging: guardrails ratio, p99 → ratio"),
        one(
            "[ratio, p99]",
            "[ratio, p99, up]",
            FINE,
            "stage staging: guardrails ratio, p99 → ratio, p99, up"),
        one(
            "bake: 1h,",
            "bake: 1h, unguarded: true,",
            LOOSENS,
            "stage staging: unguarded false → true"),
        one(", approval: \"Tested?\"", "", LOOSENS, "stage staging: approval \"Tested?\" → none"),
        one("\"Tested?\"", "\"Seen?\"", FINE, "stage staging: approval \"Tested?\" → \"Seen?\""),
        one(
            "bake: 24h",
            "bake: 24h, approval: \"Seen?\"",
            FINE,
            "stage mid: approval none → \"Seen?\""),
        one(
            "min_requests: 10 }",
            "min_requests: 5 }",
            LOOSENS,
            "stage staging: min_requests 10 → 5"),
        one(
            "{ name: mid, environment: production",
            "{ name: mid, environment: staging",
            LOOSENS,
            "stage mid: environment \"production\" → \"staging\""));
  }

  static Stream<Arguments> ofSettings() {
    return Stream.of(
        one(
            "false_rollback: 1%",
            "false_rollback: 0.5%", LOOSENS, "judgement: false_rollback 1% → 0.5%"),
        one("no_data: rollback", "no_data: hold", LOOSENS, "judgement: no_data rollback → hold"),
        one("max_gap: 15m", "max_gap: 30m", LOOSENS, "judgement: max_gap 15m → 30m"),
        one("max_gap: 15m", "max_gap: 5m", FINE, "judgement: max_gap 15m → 5m"),
        one("lag: 60s", "lag: 50s", LOOSENS, "judgement: lag 1m → 50s"),
        one("extend_at_most: 4x", "extend_at_most: 8x", LOOSENS, "judgement: extend_at_most 4 → 8"),
        one(
            "rollback_scope: all",
            "rollback_scope: environment",
            LOOSENS,
            "safety: rollback_scope all → environment"),
        one("\"off\"", "baseline", LOOSENS, "safety: rollback_to off → baseline"),
        one("propagation: 65s", "propagation: 50s", LOOSENS, "safety: propagation 65s → 50s"),
        one("seal: 300s", "seal: 280s", LOOSENS, "safety: seal 5m → 280s"),
        one("seal: 300s", "seal: 400s", FINE, "safety: seal 5m → 400s"),
        one("lease: 10m", "lease: 9m", LOOSENS, "safety: lease 10m → 9m"),
        one("in_flight: 210s", "in_flight: 100s", LOOSENS, "safety: in_flight 210s → 100s"),
        one("gitlab_budget: 15m", "gitlab_budget: 1h", LOOSENS, "safety: gitlab_budget 15m → 1h"),
        one("seal: 300s", "seal: 300s, marker: none", LOOSENS, "safety: marker self → none"),
        one(
            "seal: 300s",
            "seal: 300s, gate: percentage_of_time",
            LOOSENS,
            "safety: gate percentage_of_actors → percentage_of_time"));
  }

  private static Arguments one(String from, String to, boolean loosens, String words) {
    return arguments(from, to, new Change(words, loosens));
  }

  @ParameterizedTest
  @MethodSource({"ofServersAndVariables", "ofGuardrails", "ofStages", "ofSettings"})
  void oneChangeIsOneLine(String from, String to, Change change) {
    assertTrue(PLAN.contains(from), from);
    String edited = PLAN.replaceFirst(Pattern.quote(from), quoted(to));
    assertEquals(List.of(change), PlanDiff.between(BEFORE, read(edited), FLAG));
  }

  @Test
  void nothingDiffersFromItself() {
    String moved = "# a comment moves every line\n" + PLAN;
    assertEquals(List.of(), PlanDiff.between(BEFORE, read(moved), FLAG));
  }

  @Test
  void anotherFlagIsNotThisRollouts() {
    String edited = PLAN.replace("method: Other", "method: Else");
    assertEquals(List.of(), PlanDiff.between(BEFORE, read(edited), FLAG));
  }

  @Test
  void aGuardrailOfAnotherKindIsAnother() {
    String edited = PLAN.replace("count: new_issues, max: 0", "count: events, max: 0, window: 5m");
    assertEquals(
        List.of(
            new Change("guardrail issues: counts new issues → events", LOOSENS),
            new Change("guardrail issues: window none → 5m", LOOSENS)),
        PlanDiff.between(BEFORE, read(edited), FLAG));
  }

  @Test
  void aGuardrailThatIsGoneWatchesNoStage() {
    String edited = PLAN.replaceFirst("  - \\{ name: up, .*\n", "");
    assertEquals(
        List.of(
            new Change("guardrail up is gone", LOOSENS),
            new Change(
                "stage low: guardrails ratio, p99, up, issues, events, alerts → ratio, p99, issues, events, alerts",
                LOOSENS),
            new Change(
                "stage mid: guardrails ratio, p99, up, issues, events, alerts → ratio, p99, issues, events, alerts",
                LOOSENS)),
        PlanDiff.between(BEFORE, read(edited), FLAG));
  }

  @Test
  void theExposureCheckMayComeAndGo() {
    Plan without = read(PLAN.replaceFirst("exposure_check: .*\n", ""));
    assertEquals(
        List.of(new Change("exposure_check is gone", LOOSENS)),
        PlanDiff.between(BEFORE, without, FLAG));
    assertEquals(
        List.of(new Change("exposure_check is new", FINE)),
        PlanDiff.between(without, BEFORE, FLAG));
  }

  @Test
  void aConditionThatComesIsFineAndOneThatGoesOrChangesLoosens() {
    String frozen =
        "preflight: { freeze: { environment: production, project: gitlab-org/gitlab } }";
    Plan with = read(PLAN + frozen + "\n");
    Plan other = read(PLAN + frozen.replace("org/gitlab", "org/gitaly") + "\n");
    String freeze = "preflight.freeze: ";
    String gitlab = "freezes of gitlab-org/gitlab in production";
    assertEquals(
        List.of(new Change(freeze + "none → " + gitlab, FINE)),
        PlanDiff.between(BEFORE, with, FLAG));
    assertEquals(
        List.of(new Change(freeze + gitlab + " → none", LOOSENS)),
        PlanDiff.between(with, BEFORE, FLAG));
    assertEquals(
        List.of(
            new Change(freeze + gitlab + " → freezes of gitlab-org/gitaly in production", LOOSENS)),
        PlanDiff.between(with, other, FLAG));
  }

  @Test
  void aStepOnTheWayDoesNotLoosenButOneBeyondDoes() {
    String mid = "  - { name: mid,";
    String step = "  - { name: ten, environment: production, exposure: 10%, bake: 2h }\n";
    String far = "  - { name: full, environment: production, exposure: 100%, bake: 2h }\n";
    assertEquals(
        List.of(new Change("stage ten is new: 10% of production for 2h", FINE)),
        PlanDiff.between(BEFORE, read(PLAN.replace(mid, step + mid)), FLAG));
    assertEquals(
        List.of(new Change("stage full is new: 100% of production for 2h", LOOSENS)),
        PlanDiff.between(BEFORE, read(PLAN.replace("judgement:", far + "judgement:")), FLAG));
    assertEquals(
        List.of(new Change("stage full is new: 100% of production for 2h", LOOSENS)),
        PlanDiff.between(BEFORE, read(PLAN.replace(mid, far + mid)), FLAG));
  }

  @Test
  void aStageThatIsGoneAndAnotherOrderLoosen() {
    assertEquals(
        List.of(new Change("stage low is gone", LOOSENS)),
        PlanDiff.between(BEFORE, read(PLAN.replaceFirst("  - \\{ name: low.*\n", "")), FLAG));
    String swapped = PLAN.replaceFirst("(  - \\{ name: low.*\n)(  - \\{ name: mid.*\n)", "$2$1");
    assertEquals(
        List.of(new Change("stages: order staging, low, mid → staging, mid, low", LOOSENS)),
        PlanDiff.between(BEFORE, read(swapped), FLAG));
  }

  @Test
  void aValueOfTheCommandLineThatIsNotGivenAgainIsGone() {
    Plan given = BEFORE.withOverrides(Map.of("method", "Commits"));
    assertEquals(
        List.of(new Change("--var: method \"Commits\" → none", LOOSENS)),
        PlanDiff.between(given, BEFORE, FLAG));
  }

  private static String quoted(String text) {
    return Matcher.quoteReplacement(text);
  }

  private static Plan read(String yaml) {
    return PlanReader.read("rollout.yaml", yaml).readable();
  }
}
