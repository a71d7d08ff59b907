package rollout.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;
import org.junit.jupiter.api.Test;
import rollout.adapter.traces.TraceFile;
import rollout.judge.sequential.Step;
import rollout.judge.sequential.Tuning;
import rollout.port.PortException;
import rollout.port.Trace;
import rollout.port.Traces;
import rollout.testing.Shared;

/**
 * The test as it was designed gives, on every recorded trace, the evidence that the design's own
 * plain reading gives. What {@link Tuning#DEFAULT} does better stands on this ground.
 */
class ReferenceJudgeTest {
  private static final double LOG_EVIDENCE = 1e-6;

  @Test
  void equalsTheDesignLookByLook() throws IOException, PortException {
    Map<String, String> expected = expected();
    int traces = 0;
    try (TraceFile file = new TraceFile(Shared.require("data/judgement/traces.jsonl"))) {
      for (Optional<Traces.Unread> one = file.next(); one.isPresent(); one = file.next()) {
        Trace trace = one.get().read();
        check(trace.id(), expected.get(trace.id()), new TraceReplay(trace, Tuning.DESIGN).steps());
        traces++;
      }
    }
    assertEquals(58, traces);
  }

  private static void check(String id, String looks, List<Step> steps) {
    int compared = 0;
    try (Scanner scanner = new Scanner(looks)) {
      while (scanner.hasNext()) {
        int look = Integer.parseInt(scanner.next());
        double logEvidence = Double.parseDouble(scanner.next());
        assertEquals(
            logEvidence, steps.get(look - 1).logEvidence(), LOG_EVIDENCE, id + ", look " + look);
        compared++;
      }
    }
    assertTrue(compared > 0, id);
  }

  private static Map<String, String> expected() throws IOException {
    Map<String, String> expected = new HashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                ReferenceJudgeTest.class.getResourceAsStream("/rollout/judge/reference.txt"),
                StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#")) {
          expected.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ')));
        }
      }
    }
    return expected;
  }
}
