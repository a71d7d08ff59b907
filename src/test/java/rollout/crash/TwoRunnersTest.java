package rollout.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rollout.testing.Ended;
import rollout.testing.Playground;
import rollout.testing.ShortPlans;

/** Several runners on one state at nearly the same moment: at most one raises (invariant I5). */
@Timeout(120)
class TwoRunnersTest {
  private static final int INTERLEAVINGS = 20;
  private static final int MOST_APART_MILLIS = 60;

  /** Everything that may drive; a runner that comes first goes on with the first stage. */
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("start", FLAG),
          List.of("resume", FLAG),
          List.of("tick", FLAG),
          List.of("stage", FLAG, "low"));

  /** What a runner may say that came too late, too early, or first. */
  private static final Set<Integer> CODES = Set.of(0, 3, 5, 7);

  @TempDir Path directory;

  @Test
  void noWriteIsDoubledHoweverTheyMeet() throws Exception {
    long seed = Long.getLong("rollout.seed", System.nanoTime());
    System.err.println("two runners: seed " + seed);
    for (int round = 0; round < INTERLEAVINGS; round++) {
      meet(new Random(seed + round), "seed " + (seed + round));
    }
  }

  private void meet(Random random, String seed) throws Exception {
    String plan = ShortPlans.withSlowRequests(ShortPlans.oneStage());
    try (Playground playground = Playground.open(newDirectory(), plan, "healthy")) {
      if (random.nextBoolean()) {
        assertEquals(7, playground.run("start", FLAG, "--detach").code(), seed);
      }
      List<Ended> ended = atOnce(playground, random);

      ended.forEach(one -> assertTrue(CODES.contains(one.code()), () -> seed + ": " + one));
      Ended last = playground.run("start", FLAG);
      assertTrue(Set.of(0, 3).contains(last.code()), () -> seed + ": " + last);
      assertEquals("completed", playground.status().path("phase").asText(), seed);
      assertEquals(List.of("5"), playground.raises("production"), seed);
      assertEquals(2, playground.writes("production").size(), seed + ": one marker, one raise");
    }
  }

  /** Three runners: to the lease each is somebody else. */
  private static List<Ended> atOnce(Playground playground, Random random) throws Exception {
    ExecutorService runners = Executors.newFixedThreadPool(3);
    try {
      CountDownLatch go = new CountDownLatch(1);
      List<Future<Ended>> all = new ArrayList<>();
      for (String name : List.of("ana", "ben", "cleo")) {
        String[] command = COMMANDS.get(random.nextInt(COMMANDS.size())).toArray(String[]::new);
        long apart = TimeUnit.MILLISECONDS.toNanos(random.nextInt(MOST_APART_MILLIS));
        all.add(
            runners.submit(
                () -> {
                  go.await();
                  LockSupport.parkNanos(apart);
                  return playground.product().typedBy(name).run(command);
                }));
      }
      go.countDown();
      List<Ended> ended = new ArrayList<>();
      for (Future<Ended> one : all) {
        ended.add(one.get());
      }
      return ended;
    } finally {
      runners.shutdownNow();
    }
  }

  private Path newDirectory() throws IOException {
    return Files.createTempDirectory(directory, "round");
  }
}
