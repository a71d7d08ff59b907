package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import rollout.plan.GateState;
import rollout.plan.Safety;

/**
 * {@code rollback_to: baseline}: after the seal of a guardrail's rollback the actor and group gates
 * from before come back, once, under an intent of their own. Any doubt leaves the flag as it is,
 * and says so (invariant I1).
 */
final class Restoring {
  private static final Duration OBSERVE_EVERY = Duration.ofSeconds(1);
  private static final String OPT_OUT = ":opt_out";

  private final RolloutState state;
  private final TakeBack back;
  private final Instant now;

  Restoring(RolloutState state, TakeBack back, Instant now) {
    this.state = state;
    this.back = back;
    this.now = now;
  }

  static boolean isPending(RolloutState state, String environment) {
    return pending(state, environment).isPresent();
  }

  /** What is still to be done; empty once every environment is as it should be, or was given up. */
  Optional<Decision> next() {
    if (state.plan().safety().rollbackTo() != Safety.RollbackTo.BASELINE) {
      return Optional.empty();
    }
    List<Event> events = new ArrayList<>();
    List<Effect> effects = new ArrayList<>();
    for (String environment : back.seals().keySet()) {
      GateState wanted = baseline(environment);
      Restore restore = back.restores().get(environment);
      if (wanted.isOff() || restore != null && restore.step() == Restore.Step.OVER) {
        continue;
      }
      Decision one =
          restore == null ? begin(environment, wanted) : goOn(environment, wanted, restore);
      events.addAll(one.events());
      effects.addAll(one.effects());
    }
    return events.isEmpty() && effects.isEmpty()
        ? Optional.empty()
        : Optional.of(new Decision(events, effects, ""));
  }

  /** Actors and groups from before, without our own marker; never a percentage. */
  private GateState baseline(String environment) {
    EnvironmentState here = state.environment(environment);
    GateState before = here.before().orElse(GateState.OFF);
    SortedSet<String> actors = new TreeSet<>(before.actors());
    here.markerActor().ifPresent(actors::remove);
    return GateState.of(actors, before.groups());
  }

  /** Without its opt-out a group's gate would reach somebody whom it did not reach before. */
  private Decision begin(String environment, GateState wanted) {
    Optional<String> optOut =
        wanted.actors().stream().filter(actor -> actor.endsWith(OPT_OUT)).findFirst();
    return optOut.isPresent()
        ? left(
            environment,
            wanted,
            optOut.get()
                + " cannot be put back, and without it the others"
                + " would reach more than before")
        : intend(environment, wanted);
  }

  private Decision goOn(String environment, GateState wanted, Restore restore) {
    Optional<Instant> retry =
        state.environment(environment).trouble().map(Trouble::retryAt).filter(now::isBefore);
    if (retry.isPresent()) {
      return effect(new Effect.WakeAt(retry.get()));
    }
    if (restore.step() == Restore.Step.PENDING) {
      return effect(new Effect.ReadExposure(environment));
    }
    Instant giveUp = restore.since().plus(state.plan().safety().gitlabBudget());
    return now.isBefore(giveUp)
        ? intend(environment, wanted)
        : left(environment, wanted, "GitLab did not do it: " + trouble(environment));
  }

  private Decision intend(String environment, GateState wanted) {
    return new Decision(
        List.of(new Event.BaselineIntended(now, environment, wanted)),
        List.of(new Effect.RestoreBaseline(environment, wanted)),
        "");
  }

  private String trouble(String environment) {
    return state.environment(environment).trouble().map(Trouble::reason).orElse("no answer");
  }

  private Decision left(String environment, GateState wanted, String reason) {
    return Advancing.events(new Event.BaselineLeft(now, environment, wanted, reason));
  }

  private static Decision effect(Effect effect) {
    return new Decision(List.of(), List.of(effect), "");
  }

  /** Nobody knows what came of the request: what is in force says it, after long enough. */
  static Decision onRead(RolloutState state, Input.ExposureRead read) {
    Restore restore = pending(state, read.environment()).orElseThrow();
    Safety safety = state.plan().safety();
    Instant settled =
        restore.intendedAt().plus(safety.effectiveInFlight()).plus(safety.propagation());
    if (!read.gates().isOff()) {
      return judged(read.at(), read.environment(), restore, read.gates(), List.of());
    }
    if (read.at().isBefore(settled)) {
      Instant next = read.at().plus(OBSERVE_EVERY);
      return effect(new Effect.WakeAt(settled.isBefore(next) ? settled : next));
    }
    return Advancing.events(
        new Event.BaselineLeft(
            read.at(),
            read.environment(),
            restore.gates(),
            "the request never took effect, and is not repeated"));
  }

  static Decision onSet(RolloutState state, Input.BaselineSet set) {
    return pending(state, set.environment())
        .map(restore -> judged(set.at(), set.environment(), restore, set.gates(), set.left()))
        .orElse(Decision.NOTHING);
  }

  static Decision onRefused(RolloutState state, Input.PortFailed failure) {
    return pending(state, failure.environment())
        .map(
            restore ->
                Advancing.events(
                    new Event.BaselineLeft(
                        failure.at(), failure.environment(), restore.gates(), failure.reason())))
        .orElse(Decision.NOTHING);
  }

  /** Only what was there before may be there now. */
  private static Decision judged(
      Instant at, String environment, Restore restore, GateState gates, List<String> left) {
    GateState wanted = restore.gates();
    boolean foreign =
        gates.isWide()
            || !wanted.actors().containsAll(gates.actors())
            || !wanted.groups().containsAll(gates.groups());
    if (foreign || gates.isOff()) {
      String found = "the flag is " + gates + " now" + because(left);
      return Advancing.events(new Event.BaselineLeft(at, environment, wanted, found));
    }
    List<String> missing = new ArrayList<>(left);
    missing(wanted.actors(), gates.actors(), left).forEach(missing::add);
    missing(wanted.groups(), gates.groups(), left).forEach(missing::add);
    return Advancing.events(new Event.BaselineRestored(at, environment, gates, missing));
  }

  private static List<String> missing(
      SortedSet<String> wanted, SortedSet<String> there, List<String> said) {
    Predicate<String> isSaid = one -> said.stream().anyMatch(left -> left.startsWith(one));
    return wanted.stream().filter(one -> !there.contains(one)).filter(isSaid.negate()).toList();
  }

  private static String because(List<String> left) {
    return left.isEmpty() ? "" : "; not put back: " + String.join(", ", left);
  }

  private static Optional<Restore> pending(RolloutState state, String environment) {
    return state
        .takeBack()
        .map(TakeBack::restores)
        .map((Map<String, Restore> restores) -> restores.get(environment))
        .filter(restore -> restore.step() == Restore.Step.PENDING);
  }
}
