package rollout.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rollout.adapter.traces.TraceFile;
import rollout.port.PortException;
import rollout.testing.Shared;

/** The recorded rollouts, by which almost nothing was tuned (decision 0023). */
class RecordedTracesTest {
  private static final String TRACES = "data/judgement/traces.jsonl";

  @Test
  void findsAllHarmSoonAndNothingElse() throws Exception {
    Map<String, Optional<Double>> answers = answers(Shared.require(TRACES));
    List<Double> delays = new ArrayList<>();
    int inTime = 0;
    for (String line : Files.readAllLines(Shared.require(TRACES))) {
      JsonNode trace = new ObjectMapper().readTree(line);
      String id = trace.path("id").asText();
      JsonNode truth = trace.path("truth");
      if (truth.path("label").asText().equals("harmful")) {
        double delay = answers.get(id).orElseThrow() - truth.path("onset_s").asDouble();
        assertTrue(delay > 0, id + " was rolled back before the harm");
        double bound = truth.path("bound_cp_s").asDouble();
        delays.add(delay / bound);
        inTime += delay <= 2 * bound + 2 * interval(trace) ? 1 : 0;
      } else if (trace.path("class").asText().startsWith("healthy")) {
        assertEquals(Optional.empty(), answers.get(id), id + " is healthy");
      }
    }
    Collections.sort(delays);
    assertEquals(22, delays.size());
    assertTrue(delays.get(delays.size() / 2) <= 1.35, delays::toString);
    assertTrue(inTime >= 0.95 * delays.size(), inTime + " of " + delays.size() + " in time");
  }

  @Test
  void truthIsNotLookedAt() throws Exception {
    Path blinded = Files.createTempFile("blinded", ".jsonl");
    try {
      List<String> lines = new ArrayList<>();
      for (String line : Files.readAllLines(Shared.require(TRACES))) {
        com.fasterxml.jackson.databind.node.ObjectNode trace =
            (com.fasterxml.jackson.databind.node.ObjectNode) new ObjectMapper().readTree(line);
        lines.add(trace.remove(List.of("truth", "class", "description")).toString());
      }
      Files.write(blinded, lines);

      assertEquals(answers(Shared.require(TRACES)), answers(blinded));
    } finally {
      Files.delete(blinded);
    }
  }

  /** The interval of the stage in which harm began. */
  private static double interval(JsonNode trace) {
    double begin = 0;
    for (JsonNode stage : trace.path("stages")) {
      begin += stage.path("duration_s").asDouble();
      if (trace.path("truth").path("onset_s").asDouble() < begin) {
        return stage.path("poll_s").asDouble();
      }
    }
    throw new AssertionError("harm begins after the end");
  }

  private static Map<String, Optional<Double>> answers(Path traces)
      throws IOException, PortException, InterruptedException {
    Map<String, Optional<Double>> answers = new HashMap<>();
    try (TraceFile file = new TraceFile(traces)) {
      List<PortException> broken =
          new TraceBacktest(file, Workers.INLINE)
              .run(answer -> answers.put(answer.id(), answer.rolledBackAt()));
      assertEquals(List.of(), broken);
    }
    return answers;
  }
}
