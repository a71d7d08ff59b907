package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import rollout.journal.LocalProcesses;
import rollout.journal.Store;
import rollout.journal.Stores;
import rollout.plan.Exposure;
import rollout.plan.Gate;
import rollout.plan.RolloutId;
import rollout.port.Leases;
import rollout.sandbox.Fault;
import rollout.testing.Ended;
import rollout.testing.Eventually;
import rollout.testing.Playground;
import rollout.testing.Running;
import rollout.testing.ShortPlans;

/** A clock that goes back, a raise that is still on its way, a lease that somebody far away has. */
@Timeout(120)
class OddTimesTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aClockThatIsSetBackBetweenTwoTicksNeitherRepeatsNorSkipsAnything() {
    try (Playground playground = Playground.open(directory, ShortPlans.fourStages(), "healthy")) {
      InstantSource clock = Clock.systemUTC();
      InstantSource earlier = () -> clock.instant().minus(Duration.ofMinutes(1));
      assertEquals(0, playground.run("start", FLAG, "--until", "low").code());
      assertEquals(7, playground.run("stage", FLAG, "mid", "--max-wait", "200ms").code());
      int before = playground.writes();

      Ended tick = playground.product().with(earlier).run("tick", FLAG);

      assertEquals(7, tick.code(), tick::toString);
      assertEquals(before, playground.writes(), "by an earlier clock nothing is due");
      assertEquals(0, playground.run("start", FLAG).code());
      assertEquals(List.of("staging", "low", "mid", "full"), playground.passed());
      assertEquals(List.of("5", "50", "true"), playground.raises("production"));
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void driftIsNotAdoptedWhileARaiseMayStillArrive() {
    String plan = ShortPlans.oneStage().replace("seal: 200ms, lease: 10s", "seal: 5m, lease: 20m");
    try (Playground playground = Playground.open(directory, plan, "healthy")) {
      var gitLab = playground.gitLab("production");
      gitLab
          .faults()
          .arm(1, request -> "5".equals(request.form().get("value")), Fault.cutBeforeEffect());
      Eventually.until(
          SOON,
          "a raise of which nobody knows what became of it",
          () -> {
            playground.run("stage", FLAG, "low", "--max-wait", "300ms");
            return playground.has("AttemptFailed", 1);
          });
      gitLab.set(
          FLAG,
          playground.gates("production").with(Gate.PERCENTAGE_OF_ACTORS, Exposure.parse("20%")));
      assertEquals(4, playground.run("stage", FLAG, "low").code(), "drift holds");
      int events = playground.history().size();

      Ended adopt = playground.run("resume", FLAG, "--adopt");

      assertEquals(3, adopt.code(), adopt::toString);
      assertTrue(adopt.err().contains("may still arrive until"), adopt::toString);
      assertEquals(events, playground.history().size(), "nothing was recorded");
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aSignalEndsTheWaitForSomebodyElsesLease() throws Exception {
    try (Playground playground =
        Playground.open(directory, ShortPlans.longAtFivePercent(), "healthy")) {
      assertEquals(0, playground.run("start", FLAG, "--until", "staging").code());
      RolloutId rollout = new RolloutId(playground.status().path("rollout").asText());
      takeElsewhere(rollout);
      int events = playground.history().size();
      try (Running resume = playground.product().begin("resume", FLAG)) {
        resume.until(SOON, "that it waits", () -> resume.said("waiting for its end"));
        resume.signal("TERM");

        Ended ended = resume.end(SOON);

        assertEquals(4, ended.code(), ended::toString);
        assertTrue(ended.err().contains("Stopped while waiting for the lease"), ended::toString);
        assertEquals(events, playground.history().size(), "nothing was recorded");
      }
    }
  }

  /** Somebody on another host, of whom nobody here can say whether they live. */
  private void takeElsewhere(RolloutId rollout) throws Exception {
    String url = "sqlite:" + directory.resolve("state").resolve("rollout.db");
    try (Store store = Stores.open(url, name -> null, new LocalProcesses("here"))) {
      Leases.Holder holder = new Leases.Holder("ana", "far-away", 1, Instant.EPOCH);
      Leases.Answer answer = store.leases().take(rollout, holder, Duration.ofMinutes(10));
      assertTrue(answer instanceof Leases.Granted, answer::toString);
    }
  }
}
