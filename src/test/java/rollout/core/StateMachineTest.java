package rollout.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Draws {@code docs/state-machine.md} from what was seen: every change of phase in the transcripts
 * and in a fixed set of schedules. {@code -Drollout.rewrite=true} writes the file.
 */
class StateMachineTest {
  private static final Path DRAWING =
      Path.of(System.getProperty("rollout.basedir", "."), "docs/state-machine.md");
  private static final long FIRST_SEED = 1;
  private static final int SEEDS = 300;

  @Test
  void theDrawingShowsWhatHappens() throws IOException {
    String drawn = draw(seen());
    if (Boolean.getBoolean("rollout.rewrite")) {
      Files.createDirectories(DRAWING.getParent());
      Files.writeString(DRAWING, drawn);
    }
    assertEquals(
        Files.readString(DRAWING), drawn, "-Drollout.rewrite=true draws it anew; read it first");
  }

  private static SortedSet<Driver.Transition> seen() throws IOException {
    SortedSet<Driver.Transition> seen = new TreeSet<>(Driver.IN_ORDER);
    for (Path file : TranscriptTest.files()) {
      seen.addAll(Transcript.play(file).driver().transitions);
    }
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      Schedule schedule = new Schedule(seed);
      schedule.play();
      seen.addAll(schedule.driver().transitions);
    }
    return seen;
  }

  private static String draw(Collection<Driver.Transition> seen) {
    return """
        # The machine

        Drawn by `StateMachineTest` from every change of phase that the transcripts and a fixed set
        of random schedules show; it is red when this page says something else. An arrow bears the
        events that were recorded when the phase changed. `Decider` decides which event follows,
        `Fold` what it changes.

        `held` lies over whatever the stage is doing: the watch goes on, and the phase beneath comes
        back when the last hold is lifted. Between the pass of a stage and the entry of the next
        the phase is `baking`: it is watched like before. From `rolling_back` no way leads back to
        a stage, and `completed`, `rolled_back` and `aborted` are only ever left by an `abort`.

        ```mermaid
        stateDiagram-v2
            [*] --> preflight: Started
        %s
        %s
        ```

        | from | event | to |
        |---|---|---|
        %s
        """
        .formatted(arrows(seen), ends(), rows(seen));
  }

  private static String arrows(Collection<Driver.Transition> seen) {
    Map<String, String> arrows = new TreeMap<>();
    for (Driver.Transition one : seen) {
      String arrow = "    " + one.from().word() + " --> " + one.to().word() + ": ";
      arrows.merge(arrow, one.event(), (before, event) -> before + " / " + event);
    }
    return arrows.entrySet().stream()
        .map(one -> one.getKey() + one.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static String ends() {
    return Arrays.stream(Phase.values())
        .filter(Phase::isEnd)
        .map(phase -> "    " + phase.word() + " --> [*]")
        .collect(Collectors.joining("\n"));
  }

  private static String rows(Collection<Driver.Transition> seen) {
    return seen.stream()
        .map(one -> "| %s | `%s` | %s |".formatted(one.from().word(), one.event(), one.to().word()))
        .collect(Collectors.joining("\n"));
  }
}
