package rollout.adapter.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.judge.Measurement;
import rollout.judge.Reading;
import rollout.judge.ThresholdJudge;
import rollout.judge.Verdict;
import rollout.plan.Check;
import rollout.plan.Role;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.testing.Shared;

/**
 * What other tools' own tests say of Prometheus's answers and of conditions on them, and what we
 * answer instead.
 */
class PeerCasesTest {
  private static final Window WINDOW =
      new Window(Instant.parse("2026-11-22T10:00:00Z"), Instant.parse("2026-11-22T10:05:00Z"));
  private static final Check NO_LIMIT_REACHED = max(1e300);
  private static final Check AT_LEAST_90 = min(0.9);
  private static final Check AT_LEAST_95 = min(0.95);

  /** The nearest a plan can come to a peer's conditions. */
  private static final Map<String, Check> CONDITIONS =
      Map.of(
          "cond-07", AT_LEAST_90,
          "cond-08", AT_LEAST_90,
          "cond-09", AT_LEAST_90,
          "cond-10", max(0.05),
          "cond-13", AT_LEAST_95,
          "cond-15", AT_LEAST_95);

  /** Cases that cannot be put to a judge of ours, and why. */
  private static final Map<String, String> NOT_MAPPED =
      new TreeMap<>(
          Map.of(
              "cond-01", "a plan has limits, no expressions that could both be true",
              "cond-02", "a plan has limits, no expressions that could both be false",
              "cond-03", "a plan has limits, no expressions on a truth value",
              "cond-05", "a guardrail without a limit is refused by the reader, before any judge",
              "cond-06", "a plan has limits, no names that could be unknown",
              "cond-11",
                  "infinity is ERROR with us, by the rule for verdicts; the case says no data",
              "cond-12",
                  "infinity is ERROR with us, by the rule for verdicts; the case says no data"));

  private final FakePrometheus server = new FakePrometheus();
  private final HttpClient client = new HttpClient();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> responses() throws IOException {
    return cases("prom_response").stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.path("id").asText() + " " + one.path("title").asText(),
                    () -> checkResponse(one)));
  }

  private void checkResponse(JsonNode one) {
    JsonNode body = one.path("input").path("body");
    server.alwaysSays(
        one.path("input").path("httpStatus").asInt(),
        "application/json",
        body.isTextual() ? body.asText() : body.toString());

    Reading reading =
        new PrometheusSignals(
                new HttpEndpoint(client, server.url(), Credentials.NONE, HttpLimits.DEFAULT))
            .read(new SignalQuery.Promql("prometheus", "x", ""), WINDOW);
    Verdict verdict = judge(NO_LIMIT_REACHED, reading);

    switch (one.path("ours").path("outcome").asText()) {
      case "value" ->
          assertEquals(
              Optional.of(one.path("ours").path("value").asDouble()),
              verdict.value(),
              one::toString);
      case "no_data" -> assertEquals(Verdict.Kind.NO_DATA, verdict.kind());
      case "config_error" -> {
        assertEquals(Verdict.Kind.ERROR, verdict.kind());
        assertTrue(verdict.reason().contains("the query gives"), verdict.reason());
      }
      default -> assertEquals(Verdict.Kind.ERROR, verdict.kind());
    }
  }

  @TestFactory
  Stream<DynamicTest> conditions() throws IOException {
    return cases("condition").stream()
        .filter(one -> CONDITIONS.containsKey(one.path("id").asText()))
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.path("id").asText() + " " + one.path("title").asText(),
                    () -> checkCondition(one)));
  }

  private static void checkCondition(JsonNode one) {
    JsonNode result = one.path("input").path("result");
    Reading reading =
        result.isArray()
            ? new Reading.NoData("the query matched no series")
            : new Reading.Value(Double.parseDouble(result.asText()));

    assertEquals("no_data", one.path("ours").asText());
    assertEquals(
        Verdict.Kind.NO_DATA, judge(CONDITIONS.get(one.path("id").asText()), reading).kind());
  }

  @Test
  void everyConditionIsMappedOrSaysWhyNot() throws IOException {
    List<String> ids = new ArrayList<>(CONDITIONS.keySet());
    ids.addAll(NOT_MAPPED.keySet());

    assertEquals(
        cases("condition").stream().map(one -> one.path("id").asText()).sorted().toList(),
        ids.stream().sorted().toList());
  }

  @Test
  void infinityIsNeverAPass() {
    assertEquals(
        Verdict.Kind.ERROR, judge(AT_LEAST_90, new Reading.Value(Double.POSITIVE_INFINITY)).kind());
  }

  private static List<JsonNode> cases(String kind) throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    new ObjectMapper()
        .readTree(Shared.require("data/peer-cases.json").toFile())
        .path("cases")
        .forEach(cases::add);
    return cases.stream().filter(one -> one.path("kind").asText().equals(kind)).toList();
  }

  private static Verdict judge(Check check, Reading reading) {
    return ThresholdJudge.judge(
        check,
        Optional.empty(),
        new Measurement("guardrail", WINDOW, true, Map.of(Role.VALUE, reading)));
  }

  private static Check max(double limit) {
    return new Check.Value("x", Optional.of(limit), Optional.empty());
  }

  private static Check min(double limit) {
    return new Check.Value("x", Optional.empty(), Optional.of(limit));
  }
}
