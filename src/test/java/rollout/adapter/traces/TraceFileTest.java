package rollout.adapter.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rollout.judge.sequential.Arm;
import rollout.port.PortException;
import rollout.port.Trace;

class TraceFileTest {
  private static final String STAGES =
      "\"stages\":[{\"pct\":5,\"duration_s\":120,\"poll_s\":60,\"note\":\"x\"},"
          + "{\"pct\":100,\"duration_s\":3600,\"poll_s\":1800}]";
  private static final String FIELDS =
      "\"poll_fields\":[\"t\",\"stage_pct\",\"treat_errors\",\"treat_requests\",\"ctrl_errors\","
          + "\"ctrl_requests\",\"treat_le\"]";

  @TempDir Path directory;

  @Test
  void readsWhatIsThereAndPassesOverTheRest() throws Exception {
    Trace trace =
        read(
            "{\"polls\":[[60,5,1,100,2,1900,[1,2,[3]]],[130,5,null,90,-3,1800,null],[1930,100,7,"
                + "9000]],\"truth\":{\"label\":[{}]},"
                + STAGES
                + ","
                + FIELDS
                + ",\"history\":{\"step_s\":1800,\"errors\":[1,2],\"requests\":[10,null],"
                + "\"ref_errors\":[null,null],\"ref_requests\":[null,null]},\"id\":\"a\"}");

    assertEquals("a", trace.id());
    assertEquals(new Trace.Stage(100, 3600, 1800), trace.stages().get(1));
    assertEquals(new Arm(1, 100), trace.looks().get(0).treated());
    assertEquals(new Arm(2, 1900), trace.looks().get(0).control());
    assertFalse(trace.looks().get(0).reference().isSound());
    assertFalse(trace.looks().get(1).treated().isSound());
    assertFalse(trace.looks().get(1).control().isSound());
    assertEquals(130, trace.looks().get(1).at());
    assertEquals(1, trace.looks().get(2).stage());
    assertFalse(trace.looks().get(2).control().isSound());
    assertEquals(new Arm(1, 10), trace.week().get(0));
    assertFalse(trace.week().get(1).isSound());
    assertEquals(List.of(), trace.reference());
    assertEquals(List.of(), trace.recent());
    assertFalse(trace.watchesIssues());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\": 3                                             | it is no JSON",
        "[1]                                                    | a trace is a JSON object",
        "{} {}                                                  | something follows",
        "{}                                                     | the trace has no \"id\"",
        "{\"id\":\"x\"}                                         | trace x has no \"stages\"",
        "{\"id\":\"x\",\"stages\":[{\"pct\":5}]}                | a stage has no positive \"duration_s\"",
        "{\"id\":\"x\",\"stages\":7}                            | \"stages\" is a list",
        "{\"id\":\"x\",STAGES}                                  | lacks \"poll_fields\"",
        "{\"id\":\"x\",STAGES,\"poll_fields\":[\"t\"],\"polls\":[]} | has no \"stage_pct\"",
        "{\"id\":\"x\",STAGES,FIELDS,\"polls\":[[60,7,1,1,1,1]]} | a look at 7.0 %",
        "{\"id\":\"x\",STAGES,FIELDS,\"polls\":[[null,5,1,1,1,1]]} | a row without \"t\"",
      })
  void saysWhatIsWrongAndWhere(String line, String why) {
    String text = line.replace("STAGES", STAGES).replace("FIELDS", FIELDS);
    PortException broken = assertThrows(PortException.class, () -> read(text));

    assertTrue(broken.getMessage().contains("line 2: "), broken::getMessage);
    assertTrue(broken.getMessage().contains(why), broken::getMessage);
  }

  @Test
  void saysThatThereIsNoFile() {
    Path absent = directory.resolve("absent");
    PortException missing = assertThrows(PortException.class, () -> new TraceFile(absent).close());

    assertEquals(absent + ": there is no such file", missing.getMessage());
  }

  private Trace read(String line) throws IOException, PortException {
    Path file = Files.write(directory.resolve("traces"), List.of("", line));
    try (TraceFile traces = new TraceFile(file)) {
      return traces.next().orElseThrow().read();
    }
  }
}
