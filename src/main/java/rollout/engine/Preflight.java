package rollout.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import rollout.core.Checks;
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

/** What must be true of every environment before a rollout may begin. Writes nothing. */
public final class Preflight {
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Servers servers;
  private final InstantSource clock;
  private final Waiter waiter;
  private final Consumer<String> notes;

  /**
   * @param notes told once for each environment that does not answer
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
   * @param text a sentence: what was found, what to do
   */
  public record Objection(String check, String text) {}

  /**
   * Looks at the flag in every environment of the plan.
   *
   * @param overrides checks that a person has set aside
   * @return all objections at once; none when the rollout may begin
   * @throws PortException when an environment stayed silent for the plan's GitLab budget
   * @throws InterruptedException when this thread is to stop
   */
  public List<Objection> examine(FlagName flag, Plan plan, List<String> overrides)
      throws PortException, InterruptedException {
    List<Objection> objections = new ArrayList<>();
    Instant giveUp = clock.instant().plus(plan.safety().gitlabBudget());
    for (Environment environment : used(plan)) {
      objections.addAll(examine(flag, plan, environment, giveUp));
    }
    objections.removeIf(one -> overrides.contains(one.check()));
    return objections;
  }

  private static List<Environment> used(Plan plan) {
    Set<String> names = new LinkedHashSet<>();
    plan.stages().forEach(stage -> names.addAll(stage.environments()));
    return names.stream().map(plan::environment).toList();
  }

  private List<Objection> examine(FlagName flag, Plan plan, Environment environment, Instant giveUp)
      throws PortException, InterruptedException {
    Flags flags = servers.flags().apply(environment.name());
    boolean noted = false;
    while (true) {
      try {
        return objections(flag, plan, environment, flags);
      } catch (PortException failed) {
        if (failed.kind() == PortException.Kind.REFUSED) {
          return List.of(new Objection("", environment.name() + ": " + failed.getMessage()));
        }
        if (clock.instant().isAfter(giveUp)) {
          throw failed;
        }
        if (!noted) {
          notes.accept(environment.name() + ": " + failed.getMessage() + " Trying again.");
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
