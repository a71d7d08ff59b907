package rollout.sandbox;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import rollout.plan.Plan;
import rollout.plan.Source;
import rollout.testing.Plans;
import rollout.testing.Schemas;

class SandboxSentryTest {
  private static final String ISSUES = "/api/0/organizations/gitlab/issues/";
  private static final String SEARCH = "grpc.method:/gitaly.CommitService/CommitStats";

  private final Plan plan = Plans.checklist();
  private final History history = new History().set("production", ofHours(0), "5%");
  private final Instant now = History.at(ofHours(2));
  private SandboxSentry server;

  private void start(String scenario) {
    World world = new World(plan, Plans.FLAG, Scenario.parse(scenario, plan), history, 7);
    Source.Sentry source = (Source.Sentry) plan.source("sentry");
    server = new SandboxSentry(plan, Plans.FLAG, source, world, () -> now);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void oldIssuesTrickleOnAndLookNewInTheirWindow() throws Exception {
    start("healthy");
    JsonNode issues = issues(ofHours(0), ofHours(1));
    assertEquals(3, issues.size());
    for (JsonNode issue : issues) {
      assertFalse(
          time(issue, "/firstSeen").isBefore(History.START), "the window's, not the life's");
      assertTrue(time(issue, "/lifetime/firstSeen").isBefore(History.at(ofDays(-100))));
    }
  }

  @Test
  void eventsFollowTheLengthOfTheWindow() throws Exception {
    start("healthy");
    double hour = events(issues(ofHours(0), ofHours(1)));
    double quarter = events(issues(ofHours(0), ofMinutes(15)));
    assertEquals(4, hour / quarter, 1.5);
  }

  @Test
  void harmRaisesTheEventsOfAKnownIssue() throws Exception {
    start("errors@low");
    long before = events(issues(ofMinutes(-30), ofHours(0)));
    JsonNode after = issues(ofHours(0), ofMinutes(30));
    assertTrue(events(after) > 10 * before);
    assertEquals(3, after.size());
  }

  @Test
  void aNewIssueIsBornShortlyAfterTheStage() throws Exception {
    start("new-issue@low");
    assertEquals(3, issues(ofMinutes(-30), ofHours(0)).size());
    TreeSet<Instant> births = new TreeSet<>();
    for (JsonNode issue : issues(ofHours(0), ofHours(1))) {
      births.add(time(issue, "/lifetime/firstSeen"));
    }
    Instant youngest = births.last();
    assertEquals(4, births.size());
    assertTrue(youngest.isAfter(History.START));
    assertTrue(youngest.isBefore(History.at(ofMinutes(2))));
    JsonNode since =
        ask(
            Map.of(
                "query", SEARCH + " firstSeen:>=" + History.START.truncatedTo(ChronoUnit.SECONDS)));
    assertEquals(1, since.size());
  }

  @Test
  void aNewIssueGrowsWhileTheHarmIsOn() throws Exception {
    start("new-issue@low");
    String since = SEARCH + " firstSeen:>=" + History.START;
    long first = events(issues(since, ofHours(0), ofMinutes(30)));
    long second = events(issues(since, ofMinutes(30), ofMinutes(60)));
    assertTrue(first > 1 && second > 0, () -> first + ", then " + second);
    history.set("production", ofHours(1), "off");
    assertEquals(0, events(issues(since, ofMinutes(65), ofMinutes(95))));
  }

  @Test
  void aNewIssueHidesAmongTheEventsOfTheOthers() throws Exception {
    start("new-issue@low");
    double before = events(issues(ofHours(-1), ofHours(0)));
    double after = events(issues(ofHours(0), ofHours(1)));
    assertTrue(after < 1.5 * before, () -> before + ", then " + after);
  }

  @Test
  void pagesAreLinkedUntilTheLast() throws Exception {
    start("new-issue@low");
    Map<String, String> query = window(SEARCH, ofHours(0), ofHours(1));
    query.put("limit", "3");
    HttpResponse<String> first = Probe.get(server.address(), ISSUES, query);
    String link = first.headers().firstValue("Link").orElseThrow();
    assertEquals(3, Probe.json(first).size());
    assertTrue(link.contains("rel=\"previous\"; results=\"false\""), link);
    assertTrue(link.contains("rel=\"next\"; results=\"true\"; cursor=\"0:3:0\""), link);
    query.put("cursor", "0:3:0");
    HttpResponse<String> last = Probe.get(server.address(), ISSUES, query);
    assertEquals(1, Probe.json(last).size());
    assertTrue(
        last.headers()
            .firstValue("Link")
            .orElseThrow()
            .contains("rel=\"next\"; results=\"false\""));
  }

  @Test
  void otherSearchesAndInvisibleProjectsFindNothing() throws Exception {
    start("healthy");
    assertEquals(0, ask(Map.of("query", "is:unresolved is:unassigned")).size());
    assertEquals(0, ask(Map.of("query", SEARCH, "project", "secret")).size());
    assertEquals(3, ask(Map.of("query", SEARCH, "project", "1")).size());
  }

  @Test
  void aProjectIsVisibleByItsSlug() throws Exception {
    start("healthy");
    var found = Probe.get(server.address(), "/api/0/projects/gitlab/gitaly-production/", Map.of());
    assertEquals("gitaly-production", Probe.json(found).path("slug").asText());
    var all = Probe.get(server.address(), "/api/0/organizations/gitlab/projects/", Map.of());
    assertEquals("gitaly-production", Probe.json(all).at("/0/slug").asText());
    var missing = Probe.get(server.address(), "/api/0/projects/gitlab/secret/", Map.of());
    assertEquals(404, missing.statusCode());
    Schemas.assertFits("sentry/error.schema.json", missing.body());
  }

  @Test
  void datesComeInPairsAndInOrder() throws Exception {
    start("healthy");
    for (Map<String, String> bad :
        List.of(
            Map.of("start", "2026-03-02T08:00:00Z"),
            Map.of("start", "2026-03-02T08:00:00Z", "end", "2026-03-02T08:00:00Z"),
            Map.of("start", "yesterday", "end", "today"),
            Map.of("limit", "101"))) {
      var answer = Probe.get(server.address(), ISSUES, bad);
      assertEquals(400, answer.statusCode(), bad::toString);
      Schemas.assertFits("sentry/error.schema.json", answer.body());
    }
  }

  private JsonNode issues(Duration from, Duration to) throws IOException, InterruptedException {
    return issues(SEARCH, from, to);
  }

  private JsonNode issues(String search, Duration from, Duration to)
      throws IOException, InterruptedException {
    return ask(window(search, from, to));
  }

  private static Map<String, String> window(String search, Duration from, Duration to) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("query", search);
    query.put("project", "gitaly-production");
    query.put("start", History.at(from).toString());
    query.put("end", History.at(to).toString());
    return query;
  }

  private JsonNode ask(Map<String, String> query) throws IOException, InterruptedException {
    HttpResponse<String> answer = Probe.get(server.address(), ISSUES, query);
    assertEquals(200, answer.statusCode(), answer::body);
    Schemas.assertFits("sentry/organization-issues.relaxed.schema.json", answer.body());
    return Probe.json(answer);
  }

  private static long events(JsonNode issues) {
    return StreamSupport.stream(issues.spliterator(), false)
        .mapToLong(issue -> issue.at("/filtered/count").asLong())
        .sum();
  }

  private static Instant time(JsonNode issue, String pointer) {
    return Instant.parse(issue.at(pointer).asText());
  }
}
