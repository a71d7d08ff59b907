package rollout.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import rollout.core.Event;
import rollout.core.HoldKind;
import rollout.core.Rehearsed;
import rollout.core.RolloutState;
import rollout.engine.Goal;
import rollout.engine.Observer;
import rollout.engine.Servers;
import rollout.plan.Check;
import rollout.plan.FlagName;
import rollout.plan.Guardrail;
import rollout.plan.Plan;
import rollout.port.PortException;
import rollout.rehearsal.Rehearsal;

/** Plays one harm after the other, each a rollout of its own in a state that is thrown away. */
final class HarmRun implements AutoCloseable {
  /** As fast as it goes: nobody watches. */
  private static final double SPEED = 1e9;

  private final Session outer;
  private final Plan plan;
  private final FlagName flag;
  private final Path home;

  HarmRun(Session outer, Plan plan, FlagName flag) {
    this.outer = outer;
    this.plan = plan;
    this.flag = flag;
    try {
      this.home = Files.createTempDirectory("rollout-rehearsal");
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  Rehearsed play(Harm harm) throws PortException, InterruptedException {
    try (Session session = session();
        Rehearsal rehearsal =
            new Rehearsal(
                plan,
                flag,
                harm.scenario(),
                Optional.of(SPEED),
                outer.machine().clock().instant(),
                outer.machine().nanoTime())) {
      rehearsal.approveThrough(session.store().journal());
      Observer observer = rehearsal.alongside(Observer.NONE);
      Servers servers = session.wiring().servers(rehearsal.plan());
      Runner runner = new Runner(session, rehearsal.time(), rehearsal.waiter(), observer);
      Starter.Wish wish =
          new Starter.Wish(
              flag,
              rehearsal.plan(),
              Optional.of(harm.stage().name()),
              Optional.empty(),
              List.of(),
              true,
              false);
      Runner.Held held =
          new Starter(session, rehearsal.time(), rehearsal.waiter()).begin(wish, servers, observer);
      Goal goal = Goal.end().or(Goal.heldByAPerson()).or(Goal.passed(harm.stage().name()));
      runner.run(held.desk(), held.lent(), servers, desk -> Optional.empty(), goal);
      RolloutState state = held.desk().state();
      return outcome(harm, session.store().journal().read(state.rollout()).events(), rehearsal);
    }
  }

  /** Says nothing, and remembers nothing beyond this harm. */
  private Session session() {
    GlobalOptions options = new GlobalOptions();
    options.config = outer.options().config;
    options.variables = outer.options().variables;
    options.state = Optional.of("sqlite:" + home.resolve("rehearsal.db"));
    PrintWriter nobody = new PrintWriter(Writer.nullWriter());
    Machine real = outer.machine();
    Machine silent =
        new Machine(
            real.environment(),
            nobody,
            nobody,
            Optional.empty(),
            Optional.empty(),
            real.directory(),
            real.clock(),
            real.nanoTime(),
            real.zone(),
            real.host(),
            real.user(),
            real.interruptions());
    return new Session(silent, options);
  }

  private Rehearsed outcome(Harm harm, List<Event> events, Rehearsal rehearsal) {
    Optional<Instant> onset = rehearsal.onset();
    for (Event event : events) {
      if (event instanceof Event.RollbackDecided back) {
        return new Rehearsed(
            harm.name(),
            harm.stage(),
            harm.harmful(),
            Rehearsed.Ending.ROLLED_BACK,
            back.guardrail(),
            onset.map(from -> Duration.between(from, back.at())),
            offAt(events).map(at -> Duration.between(back.at(), at)),
            rehearsal.harmed(),
            back.reason());
      } else if (event instanceof Event.Held stop && stop.kind() == HoldKind.BREACH) {
        return new Rehearsed(
            harm.name(),
            harm.stage(),
            harm.harmful(),
            Rehearsed.Ending.HELD,
            Optional.of(stop.reason().split(":", 2)[0]),
            onset.map(from -> Duration.between(from, stop.at())),
            Optional.empty(),
            rehearsal.harmed(),
            stop.reason());
      }
    }
    boolean passed =
        events.stream()
            .anyMatch(
                one ->
                    one instanceof Event.StagePassed stage
                        && stage.stage().equals(harm.stage().name()));
    return new Rehearsed(
        harm.name(),
        harm.stage(),
        harm.harmful(),
        passed ? Rehearsed.Ending.PASSED : Rehearsed.Ending.HELD,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        rehearsal.harmed(),
        harm.harmful() ? unseen(harm) : "let through, as it should be");
  }

  private static Optional<Instant> offAt(List<Event> events) {
    return events.stream()
        .filter(Event.SwitchedOff.class::isInstance)
        .map(Event::at)
        .min(Comparator.naturalOrder());
  }

  /** Which guardrail would have to see it. */
  private String unseen(Harm harm) {
    Class<? extends Check> kind =
        switch (harm.scenario().kind()) {
          case LATENCY -> Check.Value.class;
          case NEW_ISSUE -> Check.NewIssues.class;
          default -> Check.Ratio.class;
        };
    List<String> near =
        harm.stage().guardrails().stream()
            .map(plan::guardrail)
            .filter(one -> kind.isInstance(one.check()))
            .map(Guardrail::name)
            .toList();
    String what =
        switch (harm.scenario().kind()) {
          case LATENCY -> "a guardrail with a value of latency";
          case NEW_ISSUE -> "a guardrail that counts new_issues";
          default -> "a guardrail with errors and requests";
        };
    return near.isEmpty()
        ? "nobody looked: it takes " + what + " in this stage"
        : String.join(", ", near)
            + " would have to see it: the limit is too far away for so small"
            + " a share, or the bake too short; a compare guardrail would see it sooner";
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }
}
