package rollout.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rollout.plan.Exposure;
import rollout.plan.Gate;
import rollout.plan.GateState;

/** The sandbox's own part: the truth, the faults, the log. */
class SandboxGitLabTest {
  private static final GateState FIVE =
      GateState.OFF.with(Gate.PERCENTAGE_OF_ACTORS, Exposure.parse("5%"));

  private final HttpClient client = HttpClient.newHttpClient();
  private Instant now = Instant.parse("2026-11-22T09:00:00Z");
  private final SandboxGitLab gitlab = new SandboxGitLab(() -> now);

  @BeforeEach
  void start() {
    gitlab.start();
  }

  @AfterEach
  void stop() {
    gitlab.close();
  }

  @Test
  void itRemembersTheTrueGatesThroughTime() throws Exception {
    Instant first = now;
    set("value=5&key=percentage_of_actors");
    now = now.plusSeconds(10);
    set("value=5&key=percentage_of_actors");
    now = now.plusSeconds(10);
    Instant second = now;
    set("value=false");
    assertEquals(GateState.OFF, gitlab.gates("x"));
    assertEquals(
        List.of(new GateChange(first, FIVE), new GateChange(second, GateState.OFF)),
        gitlab.changes("x"));
    assertEquals(List.of(), gitlab.changes("y"));
  }

  @Test
  void itRemembersWhatWasAsked() throws Exception {
    set("value=true&user=alice");
    SandboxRequest request = gitlab.requests().get(0);
    assertEquals("POST", request.method());
    assertEquals("/api/v4/features/x", request.path());
    assertEquals(Map.of("value", "true", "user", "alice"), request.form());
  }

  @Test
  void faultsAwaitTheirRequests() throws Exception {
    Reply broken = Reply.text(502, "text/html", "<html></html>");
    gitlab.faults().arm(2, SandboxRequest::isWrite, Fault.refused(broken));
    gitlab.faults().armWrite(Fault.appliedBut(broken));
    assertEquals(502, set("value=true").statusCode());
    assertEquals(502, set("value=true").statusCode());
    assertEquals(GateState.OFF, gitlab.gates("x"));
    assertEquals(502, set("value=true").statusCode());
    assertEquals(GateState.on(), gitlab.gates("x"));
    assertEquals(201, set("value=false").statusCode());
    gitlab.faults().armWrite(Fault.cutAfterEffect());
    gitlab.faults().clear();
    assertEquals(201, set("value=false").statusCode());
  }

  @Test
  void aLateEffectComesLate() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    gitlab.faults().arm(1, request -> arrives(arrived), Fault.late(Duration.ofHours(1)));
    CompletableFuture<HttpResponse<String>> late =
        client.sendAsync(request("value=true"), BodyHandlers.ofString());
    assertTrue(arrived.await(10, TimeUnit.SECONDS));
    assertEquals(201, set("value=false").statusCode());
    assertEquals(GateState.OFF, gitlab.gates("x"));
    late.cancel(true);
  }

  @Test
  void manyMayAskAtOnce() {
    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    client.sendAsync(
                        request("value=true&project=gitlab-org/gitlab"), BodyHandlers.ofString()))
            .toList();
    assertTrue(answers.stream().allMatch(answer -> answer.join().statusCode() == 201));
    assertEquals(1, gitlab.changes("x").size());
    assertEquals(200, gitlab.requests().size());
  }

  private static boolean arrives(CountDownLatch latch) {
    latch.countDown();
    return true;
  }

  private HttpResponse<String> set(String form) throws IOException, InterruptedException {
    return client.send(request(form), BodyHandlers.ofString());
  }

  private HttpRequest request(String form) {
    return HttpRequest.newBuilder(URI.create(gitlab.address() + "/api/v4/features/x"))
        .header("Authorization", "Bearer " + SandboxWorld.TOKEN)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form))
        .build();
  }
}
