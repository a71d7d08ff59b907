package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rollout.sandbox.Fault;
import rollout.sandbox.Reply;
import rollout.sandbox.SandboxCalendar;
import rollout.testing.Ended;
import rollout.testing.Playground;
import rollout.testing.ShortPlans;

/** Incidents, freezes and windows through the whole program: phases and exit codes. */
@Timeout(60)
class CalendarTest {
  private static final String INFRA = "gitlab-com/gl-infra/production";
  private static final SandboxCalendar.Issue SEVEN = issue(7);
  private static final String CALENDAR =
      """
      preflight:
        incidents: { environment: production, project: gitlab-com/gl-infra/production, labels: ["severity::1", "blocks feature-flags"] }
        freeze:    { environment: production, project: gitlab-org/gitlab }
      """;

  @TempDir Path directory;
  private Playground playground;

  @AfterEach
  void close() {
    playground.close();
  }

  private void open(String more) {
    playground = Playground.open(directory, ShortPlans.oneStage() + more, "healthy");
  }

  private static SandboxCalendar.Issue issue(long iid) {
    return new SandboxCalendar.Issue(iid, "It burns", List.of("blocks feature-flags"), false);
  }

  private SandboxCalendar calendar() {
    return playground.gitLab("production").calendar();
  }

  private JsonNode status() {
    return playground.run("status", FLAG, "-o", "json").json();
  }

  /** A day of the week on which it is not, nor just about to be. */
  private static String farDay() {
    DayOfWeek day = Instant.now().atZone(ZoneOffset.UTC).getDayOfWeek().plus(3);
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  @Test
  void aQuietCalendarHoldsNothing() {
    open(CALENDAR);
    Ended ended = playground.run("start", FLAG, "--yes");
    assertEquals(0, ended.code(), ended::toString);
    assertEquals(List.of("5"), playground.raises("production"));
  }

  @Test
  void anIncidentRefusesAtTheStartAndMayBeOverriddenForWhatWasFound() {
    open(CALENDAR);
    calendar().open(INFRA, SEVEN);
    Ended refused = playground.run("start", FLAG, "--yes");
    assertEquals(3, refused.code(), refused::toString);
    assertTrue(refused.err().contains(INFRA + "#7 is open: \"It burns\""), refused::toString);
    assertEquals(0, playground.writes());

    Ended ended =
        playground.run("start", FLAG, "--yes", "--override", "incidents", "--reason", "ours");
    assertEquals(0, ended.code(), ended::toString);
    JsonNode overridden = playground.history().get(1);
    assertEquals("Overridden", overridden.get("type").asText());
    assertEquals("incidents", overridden.get("check").asText());
    assertEquals("ours", overridden.get("reason").asText());
    assertEquals(INFRA + "#7", overridden.get("findings").get(0).get("id").asText());
    assertTrue(playground.run("history", FLAG).out().contains("OVERRIDDEN incidents"));
  }

  @Test
  void aFreezeRefusesAtTheStart() {
    open(CALENDAR);
    calendar()
        .freeze(
            "gitlab-org/gitlab", new SandboxCalendar.Freeze(3, "* * * * *", "0 0 29 2 *", "UTC"));
    Ended refused = playground.run("start", FLAG, "--yes");
    assertEquals(3, refused.code(), refused::toString);
    assertTrue(refused.err().contains("freeze period 3 of gitlab-org/gitlab"), refused::toString);
    assertEquals(0, playground.writes());
  }

  @Test
  void aProjectThatCannotBeSeenRefuses() {
    open(CALENDAR);
    calendar().hide(INFRA);
    Ended refused = playground.run("start", FLAG, "--yes");
    assertEquals(3, refused.code(), refused::toString);
    assertTrue(refused.err().contains("404"), refused::toString);
  }

  @Test
  void aCalendarThatStaysSilentAtTheStartEndsWith6() {
    open(CALENDAR);
    Reply down = Reply.json(503, "message", "down");
    playground
        .gitLab("production")
        .faults()
        .arm(1000, one -> one.path().contains("freeze_periods"), Fault.refused(down));
    Ended ended = playground.run("start", FLAG, "--yes");
    assertEquals(6, ended.code(), ended::toString);
    assertEquals(0, playground.writes());
  }

  @Test
  void anIncidentAfterTheStartHoldsAndLiftsItself() {
    open(CALENDAR + "windows: { production: { days: [" + farDay() + "] } }\n");
    assertEquals(7, playground.run("start", FLAG, "--detach", "--yes").code());
    calendar().open(INFRA, issue(8));
    Ended held = playground.run("tick", FLAG);
    assertEquals(4, held.code(), held::toString);
    assertEquals("held", status().get("phase").asText());
    assertTrue(status().get("reason").asText().contains(INFRA + "#8"), status()::toString);
    assertEquals(4, status().get("exit_code").asInt());
    assertEquals(4, playground.run("stage", FLAG, "low").code());
    calendar().close(INFRA, 8);
    assertEquals(7, playground.run("tick", FLAG).code());
    assertEquals("awaiting_window", status().get("phase").asText());
    assertEquals(0, playground.writes());
  }

  @Test
  void aClosedWindowWaitsWith7AndSaysWhenItOpens() {
    open("windows: { production: { days: [" + farDay() + "] } }\n");
    Ended stage = playground.run("stage", FLAG, "low");
    assertEquals(7, stage.code(), stage::toString);
    JsonNode status = status();
    assertEquals("awaiting_window", status.get("phase").asText());
    assertEquals(7, status.get("exit_code").asInt());
    String opens = status.get("window_opens_at").asText();
    assertTrue(Instant.parse(opens).isAfter(Instant.now()), status::toString);
    assertTrue(status.get("reason").asText().contains(opens), status::toString);
    assertTrue(playground.run("status", FLAG).out().contains("waits for the window"));
    assertEquals(0, playground.writes());
    assertEquals(3, playground.run("promote", FLAG, "--reason", "now").code());
    assertEquals(0, playground.run("abort", FLAG, "--reason", "enough").code());
    assertFalse(playground.gates("production").isWide());
  }

  @Test
  void doctorAsksEachCalendarOnce() {
    open(CALENDAR);
    calendar().open(INFRA, SEVEN);
    String said = playground.run("doctor").out();
    assertTrue(said.contains("incidents") && said.contains(INFRA + "#7"), said);
    assertTrue(said.contains("freeze") && said.contains("nothing holds a raise"), said);
  }
}
