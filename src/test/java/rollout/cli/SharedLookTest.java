package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rollout.testing.Ended;
import rollout.testing.Playground;
import rollout.testing.ScriptedPrometheus;
import rollout.testing.ShortPlans;

/** Flags that one process rolls out look together: an identical query is asked once. */
@Timeout(60)
class SharedLookTest {
  private static final List<String> FLAGS = List.of("gitaly_one", "gitaly_two", "gitaly_three");

  @TempDir Path directory;

  @Test
  void threeFlagsAskAQueryThatDoesNotNameThemOnce() {
    String plan =
        ShortPlans.oneStage()
            .replace(",flag=\"{{feature}}\"", "")
            .replace("window: 200ms", "window: 1s")
            .replace("bake: 400ms, interval: 100ms", "bake: 3s, interval: 1s");
    try (ScriptedPrometheus prometheus =
            new ScriptedPrometheus(
                query -> OptionalDouble.of(query.contains("errors_total") ? 0 : 1000));
        Playground playground = Playground.open(directory, plan, "healthy")) {
      playground.set("PROMETHEUS_URL", prometheus.url());

      Ended ended = playground.run("start", FLAGS.get(0), FLAGS.get(1), FLAGS.get(2));

      assertEquals(0, ended.code(), ended::toString);
      List<ScriptedPrometheus.Asked> asked = prometheus.asked();
      assertEquals(new HashSet<>(asked).size(), asked.size(), () -> "asked twice: " + asked);
      long looks = FLAGS.stream().mapToLong(flag -> looks(playground, flag)).sum();
      assertTrue(looks >= 9, () -> looks + " looks");
      assertTrue(
          asked.size() < 2 * looks, () -> looks + " looks of two queries asked for " + asked);
    }
  }

  private static long looks(Playground playground, String flag) {
    String history = playground.run("history", flag, "-o", "json").out();
    return history.lines().filter(line -> line.contains("\"Measured\"")).count();
  }
}
