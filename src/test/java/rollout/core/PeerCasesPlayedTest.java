package rollout.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import rollout.config.PlanFile;
import rollout.config.PlanReader;
import rollout.config.Severity;
import rollout.judge.Verdict;
import rollout.plan.FlagName;
import rollout.testing.Shared;

/**
 * What other tools' own tests say of conditions, of several measurements together, of targets and
 * of gates before a ramp, played through our reader, judges and machine: the answer is theirs, or
 * ours where we say that it should differ.
 *
 * <p>Answers of Prometheus, and conditions on NaN and on nothing, are in {@code
 * rollout.adapter.prometheus.PeerCasesTest}.
 */
class PeerCasesPlayedTest {
  private static final String GOOD = "good";
  private static final String BAD = "bad";
  private static final String SILENT = "silent";
  private static final String UNUSED = "unused";

  /** What the words of the peers are with us. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("Failed", "rollback"),
          Map.entry("fail", "rollback"),
          Map.entry("Successful", "pass"),
          Map.entry("advance", "pass"),
          Map.entry("Inconclusive", "not passed"),
          Map.entry("inconclusive", "not passed"),
          Map.entry("hold", "not passed"),
          Map.entry("Error", "config_error"));

  private static final Map<String, Supplier<String>> PLAYED = new TreeMap<>();

  /** Whole kinds that are not played, and why. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "prom_response", "played in rollout.adapter.prometheus.PeerCasesTest",
          "compare", "Mann-Whitney on sampled rates; we compare counts, by another test",
          "mann_whitney", "intervals of a test that we do not have",
          "transform", "we neither replace missing values nor remove outliers",
          "score", "we have no scores: the worst verdict counts",
          "compare_history", "no limit on the average of earlier runs; a baseline is a window");

  /** Conditions of other places. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "cond-07", "NaN: PeerCasesTest",
          "cond-08", "NaN: PeerCasesTest",
          "cond-09", "NaN: PeerCasesTest",
          "cond-10", "NaN: PeerCasesTest",
          "cond-13", "an empty vector: PeerCasesTest",
          "cond-15", "an empty vector: PeerCasesTest");

  /** Ours says no data; the rule for verdicts, which came later, makes infinity an error. */
  private static final Set<String> INFINITY = Set.of("cond-11", "cond-12");

  static {
    // A condition that fails is a limit that is crossed, one that succeeds a limit that is not.
    PLAYED.put("cond-01", () -> plan("max: 0", "min: 1").looks(1, BAD).outcome());
    PLAYED.put("cond-02", () -> plan("max: 0, for: 3").looks(5, GOOD).looks(2, BAD).outcome());
    PLAYED.put("cond-03", () -> plan("max: 0").looks(4, GOOD).outcome());
    PLAYED.put("cond-05", () -> problems("for: 1"));
    PLAYED.put("cond-06", () -> problems("maximum: 1"));
    PLAYED.put("cond-11", () -> plan("min: 0.9").measuring(Double.POSITIVE_INFINITY).verdict());
    PLAYED.put("cond-12", () -> plan("max: 9").measuring(Double.POSITIVE_INFINITY).verdict());

    // failureLimit n allows n failures: ours breaches with n + 1 in a row.
    PLAYED.put("acc-01", () -> plan("max: 0").looks(4, SILENT).outcome());
    PLAYED.put("acc-02", () -> plan("max: 0, for: 3").looks(3, BAD).outcome());
    PLAYED.put("acc-03", () -> plan("max: 0, for: 4").looks(3, BAD).looks(8, SILENT).outcome());
    PLAYED.put("acc-04", () -> plan("max: 0, for: 4").looks(3, BAD).looks(8, GOOD).outcome());
    PLAYED.put("acc-06", () -> plan("max: 0, for: 3").looks(4, GOOD).looks(3, BAD).outcome());
    PLAYED.put("acc-08", () -> plan("max: 0, for: 5").looks(6, GOOD).looks(4, BAD).outcome());
    PLAYED.put("acc-09", () -> plan("max: 0, for: 5").looks(5, GOOD).looks(5, BAD).outcome());
    PLAYED.put("acc-12", () -> plan("max: 0").looks(8, UNUSED).outcome());
    PLAYED.put("acc-13", () -> plan("max: 0").looks(8, UNUSED).outcome());
    PLAYED.put("acc-14", () -> plan("max: 0").looks(5, SILENT).outcome());
    PLAYED.put("acc-17", () -> plan("max: 0").looks(2, UNUSED).looks(2, GOOD).outcome());
    PLAYED.put("acc-18", () -> plan("max: 0").looks(1, BAD).outcome());

    PLAYED.put("kt-01", () -> problems("for: 1"));
    PLAYED.put("kt-03", () -> plan("min: 15", "min: 20, on_breach: warn").measuring(17).warned());
    PLAYED.put("kt-04", () -> plan("min: 15", "min: 20, on_breach: warn").measuring(27).warned());
    PLAYED.put("kt-05", () -> plan("min: 15").measuring(Double.NaN).verdict());

    PLAYED.put("rg-02", () -> plan("max: 0").looks(2, GOOD).looks(4, SILENT).outcome());
    PLAYED.put("rg-03", () -> plan("max: 0").looks(2, GOOD).looks(1, BAD).outcome());
    // A mismatch of the arms' sizes takes back only where a guardrail measures it.
    PLAYED.put("rg-04", () -> plan("max: 0").looks(1, BAD).looks(3, UNUSED).outcome());
    PLAYED.put("rg-05", () -> plan("max: 0").looks(6, UNUSED).outcome());
    PLAYED.put("rg-07", () -> patient("rollback").looks(90, SILENT).outcome());
    PLAYED.put("rg-08", () -> patient("rollback").looks(1500, SILENT).outcome());
    PLAYED.put("rg-09", () -> patient("hold").looks(1500, SILENT).outcome());
    PLAYED.put("rg-10", () -> patient("hold").looks(1500, SILENT).outcome());
    PLAYED.put("rg-11", () -> fewRequests().looks(6, GOOD).outcome());
    PLAYED.put("rg-13", () -> patient("rollback").looks(1500, SILENT, UNUSED).outcome());
  }

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    return all().stream()
        .filter(one -> PLAYED.containsKey(id(one)))
        .map(
            one ->
                DynamicTest.dynamicTest(
                    id(one) + " " + one.path("title").asText(),
                    () -> assertEquals(wanted(one), PLAYED.get(id(one)).get(), one::toString)));
  }

  private static String wanted(JsonNode one) {
    if (INFINITY.contains(id(one))) {
      return "error";
    }
    JsonNode answer = one.has("ours") ? one.path("ours") : one.path("expected");
    String word = answer.isTextual() ? answer.asText() : answer.path("terminating").asText();
    return WORDS.getOrDefault(word, word);
  }

  @Test
  void everyCaseIsPlayedOrSaysWhyNot() throws IOException {
    Set<String> unexplained = new TreeSet<>();
    for (JsonNode one : all()) {
      boolean said = LEFT_OUT.containsKey(one.path("kind").asText());
      if (!said && !PLAYED.containsKey(id(one)) && !ELSEWHERE.containsKey(id(one))) {
        unexplained.add(id(one));
      }
    }
    assertEquals(80, all().size());
    assertTrue(unexplained.isEmpty(), unexplained::toString);
  }

  private static List<JsonNode> all() throws IOException {
    JsonNode cases =
        new ObjectMapper().readTree(Shared.require("data/peer-cases.json").toFile()).path("cases");
    return Stream.iterate(0, i -> i < cases.size(), i -> i + 1).map(cases::get).toList();
  }

  private static String id(JsonNode one) {
    return one.path("id").asText();
  }

  private static Play plan(String... limits) {
    return new Play(yaml("", limits));
  }

  private static Play patient(String noData) {
    return new Play(yaml("judgement: { no_data: " + noData + ", max_gap: 24h }", "max: 0"));
  }

  private static Play fewRequests() {
    String yaml =
        yaml("", "max: 0").replace("value: p99, max: 0", "errors: e, requests: r, max_ratio: 50%");
    Play play = new Play(yaml.replace("max_ratio: 50%", "max_ratio: 50%, min_requests: 1000"));
    play.driver.world.requests = 100;
    return play;
  }

  /** A stage of some minutes, watched by one guardrail for each limit. */
  private static String yaml(String more, String... limits) {
    StringBuilder guardrails = new StringBuilder();
    for (int i = 0; i < limits.length; i++) {
      guardrails.append(
          "  - { name: g%d, type: threshold, source: p, value: p99, %s }\n"
              .formatted(i, limits[i]));
    }
    return """
        version: 1
        environments: { production: { url: https://gitlab.example, token: "${T}", variables: { env: gprd } } }
        sources: { p: { type: prometheus, url: https://p.example }, c: { type: prometheus, url: https://c.example } }
        exposure_check: { source: c, query: 'checks{env="production"}', window: 1m }
        guardrails:
        %sstages: [{ name: one, environment: production, exposure: 5%%, bake: BAKE, interval: 1m }]
        %s
        """
        .formatted(guardrails, more);
  }

  private static String problems(String limit) {
    PlanFile file = PlanReader.read("rollout.yaml", baked(yaml("", limit), 4));
    boolean errors =
        file.problems().stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    return errors ? "config_error" : "accepted";
  }

  private static String baked(String yaml, int minutes) {
    return yaml.replace("BAKE", minutes + "m");
  }

  /** Looks a minute apart, one of them after another. */
  private static final class Play {
    private final Driver driver;

    /** The bake holds the looks of the case: breaches that must last need a longer one. */
    Play(String yaml) {
      int bake = yaml.contains("for: 5") ? 10 : yaml.contains("for: ") ? 7 : 4;
      this.driver = new Driver(PlanReader.read("rollout.yaml", baked(yaml, bake)).readable());
      driver.world.seconds = 0;
      driver.start(new FlagName("gitaly_stats"), Optional.empty(), List.of());
      while (driver.state().watch().isEmpty()) {
        driver.run(Duration.ofSeconds(5));
      }
    }

    /** So many more looks of one kind. */
    Play looks(int count, String... kinds) {
      Set<String> kind = Set.of(kinds);
      driver.world.seconds = kind.contains(BAD) ? 1 : 0;
      driver.world.used = !kind.contains(UNUSED);
      driver.world.silent.clear();
      if (kind.contains(SILENT)) {
        driver.world.silent.add("p");
      }
      long until = judged() + count;
      if (count > 20) {
        driver.run(Duration.ofMinutes(count));
      }
      for (int i = 0; i <= 4 * count && judged() < until; i++) {
        driver.run(Duration.ofSeconds(30));
      }
      return this;
    }

    Play measuring(double value) {
      driver.world.seconds = value;
      driver.run(Duration.ofMinutes(12));
      return this;
    }

    private long judged() {
      return driver.journal.stream().filter(Event.Judged.class::isInstance).count();
    }

    /** Where it stands after these looks. */
    String outcome() {
      if (happened(Event.RollbackDecided.class)) {
        return "rollback";
      }
      return happened(Event.StagePassed.class) ? "pass" : "not passed";
    }

    /** The verdict of the first guardrail in the last look. */
    String verdict() {
      assertEquals("not passed", outcome());
      Verdict.Kind kind =
          driver.journal.stream()
              .filter(Event.Judged.class::isInstance)
              .map(Event.Judged.class::cast)
              .reduce((first, last) -> last)
              .orElseThrow()
              .findings()
              .stream()
              .filter(finding -> finding.guardrail().equals("g0"))
              .findFirst()
              .orElseThrow()
              .kind();
      return kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Passed, with or without a warning. */
    String warned() {
      assertEquals("pass", outcome());
      return happened(Event.Warned.class) ? "warning" : "pass";
    }

    private boolean happened(Class<? extends Event> what) {
      return driver.journal.stream().anyMatch(what::isInstance);
    }
  }
}
