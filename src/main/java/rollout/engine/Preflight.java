package rollout.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import rollout.core.Checks;
import rollout.core.Input;
import rollout.core.Obstacle;
import rollout.plan.Environment;
import rollout.plan.FlagName;
import rollout.plan.GateState;
import rollout.plan.Plan;
import rollout.plan.Safety;
import rollout.plan.Stage;
import rollout.port.FlagView;
import rollout.port.Flags;
import rollout.port.PortException;
import rollout.port.Waiter;

/**
 * What must be true of every environment, and of the calendar, before a rollout may begin. Writes
 * nothing.
 */
public final class Preflight {
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Servers servers;
  private final InstantSource clock;
  private final Waiter waiter;
  private final Consumer<String> notes;

  /**
   * @param notes told once for each server that does not answer
   */
  public Preflight(Servers servers, InstantSource clock, Waiter waiter, Consumer<String> notes) {
    this.servers = servers;
    this.clock = clock;
    this.waiter = waiter;
    this.notes = notes;
  }

  /**
   * Something that speaks against beginning.
   *
   * @param check what {@code --override} calls it; empty when it cannot be set aside
   * @param obstacle what was found; its text is a sentence
   */
  public record Objection(String check, Obstacle obstacle) {
    Objection(String check, String text) {
      this(check, new Obstacle(text, text));
    }

    /** What was found, and what to do. */
    public String text() {
      boolean passes = check.equals(Checks.INCIDENTS) || check.equals(Checks.FREEZE);
      return obstacle.text()
          + (passes
              ? ". Start again when it is over, or say --override " + check + " --reason TEXT."
              : "");
    }
  }

  /**
   * What was found.
   *
   * @param objections all at once; none when the rollout may begin
   * @param overrides the checks that a person has set aside, with what they found
   */
  public record Examined(List<Objection> objections, List<Input.Override> overrides) {
    public Examined {
      objections = List.copyOf(objections);
      overrides = List.copyOf(overrides);
    }
  }

  /**
   * Looks at the flag in every environment of the plan, and at incidents and freezes.
   *
   * @param overrides checks that a person has set aside
   * @throws PortException when an environment stayed silent for the plan's GitLab budget
   * @throws InterruptedException when this thread is to stop
   */
  public Examined examine(FlagName flag, Plan plan, List<String> overrides)
      throws PortException, InterruptedException {
    List<Objection> found = new ArrayList<>();
    Instant giveUp = clock.instant().plus(plan.safety().gitlabBudget());
    for (Environment environment : used(plan)) {
      Flags flags = servers.flags().apply(environment.name());
      found.addAll(
          patiently(environment.name(), giveUp, () -> objections(flag, plan, environment, flags)));
    }
    for (Map.Entry<String, CalendarAsking.Question> one :
        new CalendarAsking(servers.calendars()).questions(plan.conditions()).entrySet()) {
      found.addAll(patiently(one.getKey(), giveUp, () -> objections(one)));
    }
    return new Examined(
        found.stream().filter(one -> !overrides.contains(one.check())).toList(),
        overrides.stream().distinct().map(check -> overridden(check, found)).toList());
  }

  private static Input.Override overridden(String check, List<Objection> found) {
    return new Input.Override(
        check,
        found.stream().filter(one -> one.check().equals(check)).map(Objection::obstacle).toList());
  }

  private List<Objection> objections(Map.Entry<String, CalendarAsking.Question> one)
      throws PortException {
    return one.getValue().ask(clock.instant()).stream()
        .map(obstacle -> new Objection(one.getKey(), obstacle))
        .toList();
  }

  private static List<Environment> used(Plan plan) {
    Set<String> names = new LinkedHashSet<>();
    plan.stages().forEach(stage -> names.addAll(stage.environments()));
    return names.stream().map(plan::environment).toList();
  }

  /** What is asked of one server. */
  private interface Asked {
    List<Objection> objections() throws PortException;
  }

  private List<Objection> patiently(String name, Instant giveUp, Asked asked)
      throws PortException, InterruptedException {
    boolean noted = false;
    while (true) {
      try {
        return asked.objections();
      } catch (PortException failed) {
        if (failed.kind() == PortException.Kind.REFUSED) {
          return List.of(new Objection("", name + ": " + failed.getMessage()));
        }
        if (clock.instant().isAfter(giveUp)) {
          throw failed;
        }
        if (!noted) {
          notes.accept(name + ": " + failed.getMessage() + " Trying again.");
          noted = true;
        }
        waitUntil(clock.instant().plus(failed.retryAfter().orElse(AGAIN)), giveUp);
      }
    }
  }

  private void waitUntil(Instant retry, Instant giveUp) throws InterruptedException {
    Instant until = retry.isBefore(giveUp) ? retry : giveUp.plusMillis(1);
    while (clock.instant().isBefore(until)) {
      waiter.awaitUntil(until);
    }
  }

  private static List<Objection> objections(
      FlagName flag, Plan plan, Environment environment, Flags flags) throws PortException {
    FlagView view = flags.read(flag);
    List<Objection> objections = new ArrayList<>();
    if (view.defaultEnabled()) {
      objections.add(
          new Objection(
              Checks.GATES,
              flag
                  + " is enabled by default in "
                  + environment.name()
                  + ": the first percentage would take it away from people. Change its definition,"
                  + " or say --override gates."));
    }
    if (view.gates().isWide() && !isLastStage(view.gates(), plan, environment.name())) {
      objections.add(
          new Objection(
              Checks.GATES,
              flag
                  + " is already "
                  + view.gates()
                  + " in "
                  + environment.name()
                  + ". Switch it off first (rollout abort "
                  + flag
                  + "), or say --override gates."));
    }
    if (plan.safety().marker() == Safety.Marker.SELF && !view.gates().actors().isEmpty()) {
      String actor = flags.whoAmI().actor();
      if (view.gates().actors().contains(actor)) {
        objections.add(
            new Objection(
                Checks.GATES,
                flag
                    + " carries the marker of a rollout ("
                    + actor
                    + ") in "
                    + environment.name()
                    + ", and this state knows of none that is under way: it belongs to another"
                    + " state. Go on there, or switch the flag off first (rollout abort "
                    + flag
                    + ")."));
      }
    }
    return objections;
  }

  /** Left on by an earlier rollout or by hand, exactly as the plan would leave it. */
  private static boolean isLastStage(GateState gates, Plan plan, String environment) {
    Stage last = plan.lastIn(environment).orElseThrow();
    return gates.equals(gates.with(plan.safety().gate(), last.exposure()));
  }
}
