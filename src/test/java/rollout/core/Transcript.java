package rollout.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import rollout.plan.Durations;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.Gate;
import rollout.plan.GateState;
import rollout.plan.Percentage;
import rollout.plan.Plan;
import rollout.testing.Plans;

/**
 * A text file of commands to a {@link Driver}, each followed by the events it led to. Lines that
 * begin with {@code #} are prose, lines that begin with {@code >} are commands, all others output.
 */
final class Transcript {
  private final List<String> out = new ArrayList<>();
  private Driver driver;
  private FlagName flag = ShortPlan.FLAG;
  private int told;

  private Transcript() {}

  /** What the file should say. */
  static Transcript play(Path file) {
    Transcript transcript = new Transcript();
    for (String line : read(file).lines().toList()) {
      transcript.take(line);
    }
    return transcript;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text() {
    return String.join("\n", out).strip() + "\n";
  }

  Driver driver() {
    return driver;
  }

  private void take(String line) {
    if (line.startsWith("#")) {
      out.add(line);
    } else if (line.startsWith(">")) {
      out.add((told == 0 && driver == null ? "\n" : "") + line);
      List<String> words = Arrays.asList(line.substring(1).strip().split(" +"));
      run(words.get(0), words.subList(1, words.size()));
      tell();
    }
  }

  private void tell() {
    if (driver != null) {
      out.addAll(Lines.of(driver.journal.subList(told, driver.journal.size())));
      told = driver.journal.size();
    }
  }

  private void run(String command, List<String> words) {
    switch (command) {
      case "plan" -> plan(words);
      case "start" -> driver.start(flag, words.stream().findFirst(), List.of());
      case "start-overriding" -> driver.start(flag, Optional.empty(), words);
      case "run" -> driver.run(Durations.parse(words.get(0)));
      case "kill" -> kill(String.join(" ", words));
      case "restart" -> driver.restart();
      case "status" -> status();
      case "says" -> says(words.get(0));
      default -> {
        if (!inTheWorld(command, words)) {
          ask(byPerson(command, words));
        }
      }
    }
  }

  private void plan(List<String> words) {
    Plan plan =
        words.contains("checklist") ? Plans.checklist() : ShortPlan.of(new TreeSet<>(words));
    flag = words.contains("checklist") ? Plans.FLAG : ShortPlan.FLAG;
    driver = new Driver(plan);
  }

  private void kill(String point) {
    if (point.isEmpty()) {
      driver.kill();
    } else {
      driver.killAt(point);
    }
  }

  private boolean inTheWorld(String command, List<String> words) {
    World world = driver.world;
    switch (command) {
      case "errors" -> world.errors = Percentage.parse(words.get(0)).fraction();
      case "requests" -> world.requests = Double.parseDouble(words.get(0));
      case "issues" -> world.issues = Double.parseDouble(words.get(0));
      case "p99" -> world.seconds = Double.parseDouble(words.get(0));
      case "treated" -> world.arms.treatedErrors = Percentage.parse(words.get(0)).fraction();
      case "control" -> world.arms.controlErrors = Percentage.parse(words.get(0)).fraction();
      case "incident" -> {
        world.arms.treatedErrors *= Double.parseDouble(words.get(0));
        world.arms.controlErrors *= Double.parseDouble(words.get(0));
        world.arms.referenceErrors *= Double.parseDouble(words.get(0));
      }
      case "traffic" -> world.arms.perMinute = Double.parseDouble(words.get(0));
      case "unknown-past" -> world.arms.known = false;
      case "no-control" -> world.arms.controlled = false;
      case "unused" -> world.used = false;
      case "used" -> world.used = true;
      case "open" -> world.obstacles.get(words.get(0)).add(words.get(1));
      case "close" -> world.obstacles.get(words.get(0)).remove(words.get(1));
      case "looks-at-once" -> world.looksAtOnce = Integer.parseInt(words.get(0));
      case "silence" -> world.silent.addAll(words);
      case "speak" -> world.silent.removeAll(words);
      case "down" -> world.down.addAll(words);
      case "up" -> world.down.removeAll(words);
      case "next-write" ->
          world.next(words.get(0), World.Fate.valueOf(words.get(1).toUpperCase(Locale.ROOT)));
      case "gates" -> world.set(words.get(0), gates(words.subList(1, words.size())));
      default -> {
        return false;
      }
    }
    return true;
  }

  private Input byPerson(String command, List<String> words) {
    Optional<String> reason = Optional.of("because");
    return switch (command) {
      case "hold" ->
          new Input.Hold(
              driver.now,
              words.isEmpty() ? HoldKind.PERSON : HoldKind.valueOf(words.get(0)),
              "held by ada",
              Driver.PERSON);
      case "resume" ->
          new Input.Resume(
              driver.now,
              List.copyOf(EnumSet.allOf(HoldKind.class)),
              words.contains("--adopt") ? driver.inForce() : Map.of(),
              reason,
              Driver.PERSON);
      case "limit" ->
          new Input.Limit(
              driver.now,
              words.stream().filter(one -> !one.equals("none")).findFirst(),
              Driver.PERSON);
      case "approve" -> new Input.Approve(driver.now, words.get(0), Driver.PERSON, reason);
      case "promote" -> new Input.Promote(driver.now, Driver.PERSON, reason);
      case "replan" ->
          new Input.Replan(
              driver.now,
              ShortPlan.of(new TreeSet<>(words)),
              "before",
              "after",
              Driver.PERSON,
              "because");
      case "abort" -> new Input.Abort(driver.now, driver.state().touched(), Driver.PERSON, reason);
      default -> throw new IllegalArgumentException("no command " + command);
    };
  }

  private void ask(Input input) {
    String refusal = driver.ask(input);
    if (!refusal.isEmpty()) {
      out.add("refused: " + refusal);
    }
  }

  /** Such as {@code off}, {@code 10% User:1}, {@code User:1 User:7} or {@code @team User:7}. */
  private static GateState gates(List<String> words) {
    GateState state = GateState.OFF;
    for (String word : words) {
      boolean actor = word.contains(":");
      if (word.startsWith("@")) {
        state = GateState.of(state.actors(), List.of(word.substring(1)));
        continue;
      }
      state =
          actor
              ? state.withActor(word)
              : state.with(Gate.PERCENTAGE_OF_ACTORS, Exposure.parse(word));
    }
    return state;
  }

  /** What a guardrail said last, also when that was good. */
  private void says(String guardrail) {
    driver
        .state()
        .watch()
        .flatMap(watch -> watch.guardrails().get(guardrail).latest())
        .ifPresent(
            one ->
                out.add(
                    Lines.time(driver.now)
                        + " "
                        + guardrail
                        + " "
                        + one.kind()
                        + ": "
                        + one.reason()));
  }

  private void status() {
    RolloutState state = driver.state();
    Set<String> parts = new LinkedHashSet<>();
    parts.add(Lines.time(driver.now) + " = " + state.phase().word());
    state.stage().ifPresent(stage -> parts.add("stage " + stage.name()));
    state.hold().ifPresent(hold -> parts.add(hold.kind() + ": " + hold.reason()));
    state.end().ifPresent(end -> parts.add(end.reason()));
    parts.add(
        driver.plan.environments().stream()
            .map(one -> one.name() + ": " + driver.world.gates(one.name()))
            .collect(Collectors.joining("; ")));
    out.add(String.join(" | ", parts));
  }
}
