package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.LoneGitLab.FLAG;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rollout.sandbox.Fault;
import rollout.sandbox.SandboxRequest;
import rollout.testing.Ended;
import rollout.testing.FastClock;
import rollout.testing.LoneGitLab;

/**
 * Twenty aborts while 30 % of GitLab's answers are errors, some with and some without effect: all
 * end verified off, and each has said {@code false} at least twice with the seal between them.
 */
@Timeout(120)
class AbortUnderErrorsTest {
  private static final long SEED = 20261122;
  private static final int ABORTS = 20;
  private static final Duration SEAL = Duration.ofSeconds(20);
  private static final String PLAN =
      """
      version: 1
      environments: { production: { url: "${ROLLOUT_URL}", token: "${ROLLOUT_TOKEN}" } }
      stages: [ { name: all, environment: production, exposure: 100%, bake: 1s, unguarded: true } ]
      safety: { propagation: 5s, seal: 20s }
      """;

  @TempDir Path directory;
  private final FastClock clock = new FastClock(50);
  private final Random random = new Random(SEED);
  private final List<Instant> arrivals = Collections.synchronizedList(new ArrayList<>());

  @Test
  void allEndVerifiedOffAndSaidTwice() throws Exception {
    System.err.println("seed " + SEED);
    Files.writeString(directory.resolve("rollout.yaml"), PLAN);
    try (LoneGitLab gitLab = new LoneGitLab(directory, clock)) {
      for (Fault fault :
          List.of(LoneGitLab.busy(), Fault.cutBeforeEffect(), Fault.cutAfterEffect())) {
        gitLab.faults().arm(Integer.MAX_VALUE, request -> isStruck(), fault);
      }
      gitLab.watch(this::note);
      for (int i = 0; i < ABORTS; i++) {
        gitLab.gitLab().set(FLAG, LoneGitLab.HALF);
        arrivals.clear();

        Ended ended = gitLab.product().run("abort", FLAG);

        assertEquals(0, ended.code(), ended::toString);
        assertTrue(ended.out().contains("is SEALED"), ended::toString);
        assertTrue(gitLab.gates().isOff());
        assertTwiceWithTheSealBetween();
      }
    }
  }

  /** One in ten for each of the three kinds of fault. */
  private synchronized boolean isStruck() {
    return random.nextInt(10) == 0;
  }

  /** Only those that were not struck come this far. */
  private boolean note(SandboxRequest request) {
    return LoneGitLab.isOff(request) && arrivals.add(clock.instant());
  }

  private void assertTwiceWithTheSealBetween() {
    assertTrue(arrivals.size() >= 2, arrivals::toString);
    Duration between = Duration.between(arrivals.get(0), arrivals.get(arrivals.size() - 1));
    assertTrue(between.compareTo(SEAL) >= 0, () -> "only " + between + " between " + arrivals);
  }
}
