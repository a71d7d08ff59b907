package rollout.core;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import rollout.plan.Exposure;
import rollout.plan.GateState;
import rollout.plan.Stage;

/** What people may ask of a rollout, and when it says no. */
final class Requests {
  private static final Set<HoldKind> WANT_OF_EVIDENCE =
      EnumSet.of(HoldKind.EVIDENCE, HoldKind.EXTENSION_SPENT);

  private Requests() {}

  static Decision onRequest(RolloutState state, Input input) {
    if (input instanceof Input.Abort abort) {
      return Advancing.events(
          new Event.AbortRequested(
              abort.at(), abort.environments(), abort.actor(), abort.reason()));
    }
    Optional<String> over = whyOver(state);
    if (over.isPresent()) {
      return Decision.refused(over.get());
    }
    if (input instanceof Input.Hold hold) {
      return hold(state, hold);
    } else if (input instanceof Input.Resume resume) {
      return resume(state, resume);
    } else if (input instanceof Input.Limit limit) {
      return state.progress().limit().equals(limit.stage())
          ? Decision.NOTHING
          : Advancing.events(new Event.LimitSet(limit.at(), limit.stage(), limit.actor()));
    } else if (input instanceof Input.Approve approve) {
      return approve(state, approve);
    } else if (input instanceof Input.Promote promote) {
      return promote(state, promote);
    } else if (input instanceof Input.Replan replan) {
      return Replanning.onReplan(state, replan);
    }
    throw new AssertionError("no rule for " + input.getClass().getSimpleName());
  }

  private static Optional<String> whyOver(RolloutState state) {
    if (state.end().isPresent()) {
      RolloutState.End end = state.end().get();
      return Optional.of(
          "rollout "
              + state.rollout()
              + " is over ("
              + end.phase().word()
              + " at "
              + end.at().truncatedTo(ChronoUnit.SECONDS)
              + ")");
    }
    return state.takeBack().isPresent()
        ? Optional.of("rollout " + state.rollout() + " is being taken back")
        : Optional.empty();
  }

  private static Decision hold(RolloutState state, Input.Hold hold) {
    if (hold.kind() == HoldKind.DRIFT && state.stepBack().isPresent()) {
      return SteppingBack.inDoubt(state, hold.at(), hold.reason());
    }
    return state.holds().containsKey(hold.kind())
        ? Decision.NOTHING
        : Advancing.events(new Event.Held(hold.at(), hold.kind(), hold.reason(), hold.actor()));
  }

  private static Decision resume(RolloutState state, Input.Resume resume) {
    Set<HoldKind> lifted = EnumSet.noneOf(HoldKind.class);
    lifted.addAll(resume.lift());
    lifted.retainAll(state.holds().keySet());
    lifted.removeAll(HoldKind.OF_A_RAISE);
    boolean adopts = lifted.contains(HoldKind.DRIFT) && !resume.adopt().isEmpty();
    if (!adopts) {
      lifted.remove(HoldKind.DRIFT);
    }
    if (lifted.isEmpty()) {
      return Decision.NOTHING;
    }
    Optional<Instant> open = adopts ? openUntil(state, resume) : Optional.empty();
    if (open.isPresent()) {
      return Decision.refused(
          "a raise of this rollout may still arrive until "
              + open.get()
              + "; resume --adopt after that");
    }
    Optional<String> off = adopts ? switchedOff(state, resume.adopt()) : Optional.empty();
    if (off.isPresent()) {
      GateState expected = state.environment(off.get()).confirmed().orElseThrow();
      return Answers.stopped(state, resume.at(), off.get(), expected, GateState.OFF);
    }
    List<Event> events = new ArrayList<>();
    events.add(
        new Event.Resumed(
            resume.at(),
            List.copyOf(lifted),
            resume.reason(),
            resume.actor(),
            adopts ? resume.adopt() : Map.of()));
    if (lifted.contains(HoldKind.LIMIT)) {
      events.add(new Event.LimitSet(resume.at(), Optional.empty(), resume.actor()));
    }
    if (adopts) {
      events.addAll(adopted(state, resume));
    }
    return new Decision(events, List.of(), "");
  }

  /** To adopt is to forget a raise that is under way, which would then be asked for twice. */
  private static Optional<Instant> openUntil(RolloutState state, Input.Resume resume) {
    return resume.adopt().keySet().stream()
        .flatMap(name -> state.environment(name).intent().stream())
        .map(intent -> intent.settledAt(state.plan().safety()))
        .filter(resume.at()::isBefore)
        .max(Instant::compareTo);
  }

  /** Off is no drift to start from: somebody stopped it, and it stays off. */
  private static Optional<String> switchedOff(RolloutState state, Map<String, GateState> adopt) {
    return state.environments().entrySet().stream()
        .filter(one -> one.getValue().confirmed().filter(gates -> !gates.isOff()).isPresent())
        .map(Map.Entry::getKey)
        .filter(name -> GateState.OFF.equals(adopt.get(name)))
        .findFirst();
  }

  /**
   * A new bake begins in the widest stage of the same cells that is above what is in force in none.
   */
  private static List<Event> adopted(RolloutState state, Input.Resume resume) {
    Stage present = state.stage().orElseThrow();
    if (present.environments().stream().noneMatch(resume.adopt()::containsKey)) {
      return List.of();
    }
    Map<String, GateState> found = new LinkedHashMap<>();
    present.environments().forEach(cell -> found.put(cell, inForce(state, resume, cell)));
    Exposure narrowest =
        found.values().stream().map(GateState::exposure).min(Exposure::compareTo).orElseThrow();
    List<Stage> here =
        state.plan().stages().stream()
            .filter(stage -> stage.environments().equals(present.environments()))
            .toList();
    Optional<Stage> widest =
        here.stream()
            .filter(stage -> stage.exposure().compareTo(narrowest) <= 0)
            .max((a, b) -> a.exposure().compareTo(b.exposure()));
    Stage stage = widest.orElse(here.get(0));
    List<Event> events = new ArrayList<>(List.of(Advancing.entered(stage, resume.at())));
    if (widest.isPresent()) {
      found.forEach((cell, gates) -> events.add(Entering.adopted(stage, cell, gates, resume.at())));
    }
    return events;
  }

  private static GateState inForce(RolloutState state, Input.Resume resume, String cell) {
    GateState confirmed = state.environment(cell).confirmed().orElse(GateState.OFF);
    return resume.adopt().getOrDefault(cell, confirmed);
  }

  private static Decision approve(RolloutState state, Input.Approve approve) {
    Optional<Stage> stage = state.stage();
    if (state.progress().activity() != Progress.Activity.AWAITING_APPROVAL) {
      return Decision.refused(
          "no stage of "
              + state.flag()
              + " asks for an approval now; it is "
              + state.phase().word()
              + stage.map(one -> " in stage " + one.name()).orElse(""));
    }
    if (!stage.orElseThrow().name().equals(approve.stage())) {
      return Decision.refused(
          "the approval that is asked for is stage "
              + stage.get().name()
              + "'s, not "
              + approve.stage()
              + "'s");
    }
    Optional<String> unclear = whyUnclear(state, stage.get());
    if (unclear.isPresent()) {
      return Decision.refused("it is not clear yet: " + unclear.get());
    }
    return Advancing.events(
        new Event.Approved(approve.at(), approve.stage(), approve.actor(), approve.reason()));
  }

  private static Optional<String> whyUnclear(RolloutState state, Stage stage) {
    Optional<Hold> hold =
        state.hold().filter(one -> one.kind() != HoldKind.LIMIT && one.kind() != HoldKind.SIGNAL);
    if (hold.isPresent()) {
      return hold.map(Hold::reason);
    }
    Passing passing = new Passing(state, stage);
    boolean good = state.progress().promoted() ? !passing.isBreached() : passing.isGood();
    return good ? Optional.empty() : Optional.of("not every guardrail's last look was a pass");
  }

  private static Decision promote(RolloutState state, Input.Promote promote) {
    if (state.progress().activity() != Progress.Activity.BAKING) {
      return Decision.refused(
          "only a stage that bakes can be promoted; "
              + state.flag()
              + " is "
              + state.phase().word());
    }
    Optional<String> blocked = whyNotPromoted(state);
    if (blocked.isPresent()) {
      return Decision.refused(blocked.get());
    }
    List<Event> events = new ArrayList<>();
    events.add(
        new Event.Promoted(
            promote.at(), state.stage().orElseThrow().name(), promote.actor(), promote.reason()));
    List<HoldKind> lifted =
        state.holds().keySet().stream().filter(WANT_OF_EVIDENCE::contains).toList();
    if (!lifted.isEmpty()) {
      events.add(
          new Event.Resumed(promote.at(), lifted, promote.reason(), promote.actor(), Map.of()));
    }
    return new Decision(events, List.of(), "");
  }

  private static Optional<String> whyNotPromoted(RolloutState state) {
    Optional<Hold> hold =
        state.holds().values().stream()
            .filter(one -> !WANT_OF_EVIDENCE.contains(one.kind()) && one.kind() != HoldKind.LIMIT)
            .findFirst();
    if (hold.isPresent()) {
      return Optional.of("a hold is never skipped: " + hold.get().reason());
    }
    return state.watch().stream()
        .flatMap(watch -> watch.guardrails().entrySet().stream())
        .filter(one -> one.getValue().isBreached() && !Watch.onlyWarns(state.plan(), one.getKey()))
        .findFirst()
        .map(one -> one.getKey() + " is breached; a breach is never skipped");
  }
}
