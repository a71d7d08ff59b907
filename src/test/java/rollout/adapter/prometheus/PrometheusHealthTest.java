package rollout.adapter.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.port.Health.Finding;
import rollout.port.Health.Wellness;

/** What the doctor says of a sick Prometheus; a well one is tried for real. */
class PrometheusHealthTest {
  private final FakePrometheus server = new FakePrometheus();
  private final HttpClient client = new HttpClient();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void aRefusedTokenIsNamed() {
    server.alwaysSays(401, "text/plain", "no org id");

    List<Finding> findings = examine();

    assertEquals(List.of("reached", "token", "clock"), subjects(findings));
    assertEquals(Wellness.ILL, findings.get(1).wellness());
    assertTrue(findings.get(1).detail().contains("no org id"), findings.get(1).detail());
  }

  @Test
  void somethingElseAtTheAddressIsNoPrometheus() {
    server.alwaysSays(200, "text/html", "<html><title>Sign in</title></html>");

    List<Finding> findings = examine();

    assertEquals(List.of("reached", "query", "clock"), subjects(findings));
    assertEquals(Wellness.ILL, findings.get(1).wellness());
  }

  @Test
  void aWrongAnswerIsIll() {
    server.alwaysSays(200, "application/json", FakePrometheus.EMPTY);

    assertEquals(Wellness.ILL, examine().get(1).wellness());
  }

  @Test
  void noServerIsNotReached() {
    HttpEndpoint nobody = endpoint();
    server.close();

    List<Finding> findings = new PrometheusHealth(nobody, clock()).examine();

    assertEquals(List.of("reached"), subjects(findings));
    assertEquals(Wellness.ILL, findings.get(0).wellness());
  }

  private List<Finding> examine() {
    return new PrometheusHealth(endpoint(), clock()).examine();
  }

  private HttpEndpoint endpoint() {
    return new HttpEndpoint(client, server.url(), Credentials.NONE, HttpLimits.DEFAULT);
  }

  private static InstantSource clock() {
    return InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));
  }

  private static List<String> subjects(List<Finding> findings) {
    return findings.stream().map(Finding::subject).toList();
  }
}
