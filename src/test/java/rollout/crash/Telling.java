package rollout.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.testing.Ended;
import rollout.testing.Running;

/** Tells a tale, once to its end, and as often as wanted broken off somewhere. */
final class Telling {
  /** Only a run that hangs takes so long. */
  private static final Duration SOON = Duration.ofMinutes(10);

  private static final int KILLED = 128 + 9;

  private final Path directory;
  private final ChildProgram program;

  Telling(Path directory, ChildProgram program) {
    this.directory = directory;
    this.program = program;
  }

  /**
   * A tale that was told to its end.
   *
   * @param points every point at which it wrote, in order
   */
  record Whole(Tale tale, Outcome outcome, List<Point> points) {}

  /** Tells it undisturbed. */
  Whole whole(Tale tale, boolean archives) {
    try (Story story = open(tale)) {
      int before = story.overseer().points().size();
      String[] victim = words(tale.victim());
      Running running = archives ? story.beginAndArchive(victim) : story.begin(victim);
      Ended ended = running.end(SOON);
      List<Point> points =
          story.overseer().points().stream().skip(before).filter(Point::isWrite).toList();
      for (List<String> next : tale.recovery()) {
        if (!next.equals(tale.victim())) {
          ended = story.begin(words(next)).end(SOON);
        }
      }
      story.settle();
      return new Whole(tale, Outcome.of(story, ended.code()), points);
    }
  }

  /**
   * Kills it at a point and has the recovery end it.
   *
   * @return what was violated; empty when the point was not reached
   */
  Optional<List<String>> killed(Whole whole, Point point) {
    Tale tale = whole.tale();
    try (Story story = open(tale)) {
      story.overseer().at(point, () -> story.latest().kill());
      Ended victim = story.begin(words(tale.victim())).end(SOON);
      if (victim.code() != KILLED) {
        return Optional.empty();
      }
      Invariants invariants = new Invariants(story);
      invariants.checkAfterKill();
      List<String> history = story.history();
      Ended ended = recover(tale, story, history.isEmpty());
      story.settle();
      invariants.demand(
          !ended.err().contains("has the lease for"), "it waited for the dead one's lease");
      invariants.checkAtEnd(history);
      Outcome outcome = Outcome.of(story, ended.code());
      invariants.demand(
          outcome.equals(whole.outcome()),
          "it ended otherwise: " + outcome + " instead of " + whole.outcome() + "\n" + ended);
      return Optional.of(invariants.violations());
    } catch (RuntimeException | AssertionError failed) {
      return Optional.of(List.of(String.valueOf(failed)));
    }
  }

  private static Ended recover(Tale tale, Story story, boolean nothingKnown) {
    List<List<String>> commands = new ArrayList<>();
    if (nothingKnown) {
      commands.add(tale.victim());
    }
    if (!nothingKnown || tale.recovery().size() > 1) {
      commands.addAll(tale.recovery());
    }
    Ended ended = null;
    for (List<String> command : commands) {
      ended = story.begin(words(command)).end(SOON);
    }
    return ended;
  }

  private Story open(Tale tale) {
    try {
      Path own = Files.createTempDirectory(directory, "story");
      Story story = Story.open(own, program, tale.plan(), tale.scenario());
      tale.before().accept(story);
      tale.meanwhile().accept(story);
      return story;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String[] words(List<String> command) {
    return command.toArray(String[]::new);
  }
}
