package rollout.core;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import rollout.plan.Plan;
import rollout.plan.Safety;
import rollout.plan.Stage;

/** What each event changes. Decides nothing: whatever stands in the journal has happened. */
final class Fold {
  private Fold() {}

  static RolloutState apply(RolloutState state, Event event) {
    if (event instanceof Event.Started) {
      throw new IllegalArgumentException(state.rollout() + " was started twice");
    } else if (event instanceof Event.Overridden e) {
      return state.overriding(e.check(), e.findings());
    } else if (event instanceof Event.GatesRecorded e) {
      return state.with(e.environment(), one -> one.recorded(e.gates()));
    } else if (event instanceof Event.Replanned e) {
      return Replanning.apply(state, e);
    } else if (event instanceof Event.LimitSet e) {
      return state.with(state.progress().limitedTo(e.stage())).lifted(Set.of(HoldKind.LIMIT));
    } else if (event instanceof Event.StageEntered e) {
      return state
          .with(state.progress().entered(indexOf(state.plan(), e.stage())))
          .lifted(HoldKind.OF_A_RAISE);
    } else if (event instanceof Event.MarkerIntended e) {
      return state.with(e.environment(), one -> one.markerIntended(e.at(), e.actorGate()));
    } else if (event instanceof Event.MarkerConfirmed e) {
      return state.with(e.environment(), one -> one.marked(e.at(), e.gates()));
    } else if (event instanceof Event.ExposureIntended e) {
      Intent intent = new Intent(e.at(), e.exposure(), e.expected(), e.target(), false);
      return state.with(e.environment(), one -> one.intended(intent));
    } else if (event instanceof Event.ExposureConfirmed e) {
      return state
          .with(state.progress().confirmed(e.environment(), e.at()))
          .with(e.environment(), one -> one.confirmed(e.at(), e.gates()))
          .lifted(HoldKind.OF_A_RAISE);
    } else if (event instanceof Event.AttemptFailed e) {
      return failed(state, e);
    } else if (event instanceof Event.StageVerified e) {
      Stage stage = state.plan().stages().get(indexOf(state.plan(), e.stage()));
      Instant raisedAt = state.progress().firstConfirmedAt().orElse(e.at());
      return state
          .with(Watch.begin(state.plan(), stage, raisedAt, verifiedAt(state, stage, e)))
          .with(state.progress().verified());
    } else if (event instanceof Event.Measured) {
      return state;
    } else if (event instanceof Event.Warned e) {
      return state
          .watch()
          .map(watch -> state.with(watch.warned(e.guardrail(), e.at())))
          .orElse(state);
    } else if (event instanceof Event.Answered e) {
      return state.with(e.environment(), EnvironmentState::answered);
    } else if (event instanceof Event.Judged e) {
      return judged(state, e);
    } else if (event instanceof Event.PastRead e) {
      return state.with(
          new ComparisonKey(e.guardrail(), e.environment()), one -> one.knowing(e.past()));
    } else if (event instanceof Event.PastUnread e) {
      return state.with(
          new ComparisonKey(e.guardrail(), e.environment()),
          one -> one.notKnowing(e.reason(), e.retryAt()));
    } else {
      return applyTurn(state, event);
    }
  }

  private static RolloutState applyTurn(RolloutState state, Event event) {
    if (event instanceof Event.ApprovalAsked e) {
      return state.with(state.progress().asked(e.at()));
    } else if (event instanceof Event.Approved) {
      return state.with(state.progress().withApproval());
    } else if (event instanceof Event.Promoted) {
      return state.with(state.progress().withPromotion());
    } else if (event instanceof Event.StagePassed e) {
      return state.with(state.progress().passedStage(e.stage()));
    } else if (event instanceof Event.Held e) {
      return state.holding(new Hold(e.kind(), e.at(), e.reason(), e.actor()));
    } else if (event instanceof Event.Resumed e) {
      return resumed(state, e);
    } else if (event instanceof Event.DriftSeen e) {
      return state
          .takeBack()
          .map(back -> state.with(back.with(e.environment(), seal -> seal.readOn(e.at()))))
          .orElse(state);
    } else if (event instanceof Event.RollbackDecided e) {
      boolean byPerson = e.cause() == Event.Cause.STOPPED_ELSEWHERE;
      return takingBack(state, byPerson, e.reason(), e.at(), e.environments());
    } else if (event instanceof Event.AbortRequested e) {
      String reason = "aborted by " + e.actor() + e.reason().map(why -> ": " + why).orElse("");
      return takingBack(state, true, reason, e.at(), e.environments());
    } else if (event instanceof Event.SwitchedOff e) {
      return switchedOff(state, e);
    } else if (event instanceof Event.Sealed e) {
      return state
          .takeBack()
          .map(back -> state.with(back.with(e.environment(), seal -> seal.sealed(e.at()))))
          .orElse(state);
    } else if (event instanceof Event.BaselineIntended e) {
      return restoring(state, e);
    } else if (event instanceof Event.BaselineRestored e) {
      return restored(state, e.environment(), Restore.Step.OVER)
          .with(e.environment(), one -> one.confirmed(e.at(), e.gates()));
    } else if (event instanceof Event.BaselineLeft e) {
      return left(state, e);
    } else if (event instanceof Event.RolledBack e) {
      return state.with(new RolloutState.End(Phase.ROLLED_BACK, e.at(), e.reason()));
    } else if (event instanceof Event.Aborted e) {
      return state.with(new RolloutState.End(Phase.ABORTED, e.at(), e.reason()));
    } else if (event instanceof Event.Completed e) {
      return state.with(new RolloutState.End(Phase.COMPLETED, e.at(), "every stage passed"));
    }
    throw new AssertionError("no rule for " + event.getClass().getSimpleName());
  }

  private static RolloutState judged(RolloutState state, Event.Judged event) {
    RolloutState next = state;
    for (Compared one : event.compared()) {
      next = next.with(one.key(), before -> before.tested(one.state()));
    }
    RolloutState after = next;
    return after.watch().map(watch -> after.with(watch.add(after.plan(), event))).orElse(after);
  }

  /** On the beat, but never before the exposure was in force: old journals keep no beat. */
  private static Instant verifiedAt(RolloutState state, Stage stage, Event.StageVerified event) {
    Instant lastConfirmed =
        state.progress().confirmed().values().stream().max(Instant::compareTo).orElse(event.at());
    Instant inForce = lastConfirmed.plus(state.plan().safety().propagation());
    Instant onTheBeat = Beat.of(stage.interval()).atOrBefore(event.at());
    Instant earliest = inForce.isBefore(event.at()) ? inForce : event.at();
    return onTheBeat.isBefore(earliest) ? earliest : onTheBeat;
  }

  private static RolloutState failed(RolloutState state, Event.AttemptFailed event) {
    boolean known = event.attempt() == Attempt.RESTORE && event.failure() != Failure.UNKNOWN;
    RolloutState before =
        known ? restored(state, event.environment(), Restore.Step.NOT_DONE) : state;
    RolloutState next = before.with(event.environment(), one -> one.failed(event));
    return next.takeBack()
        .map(back -> next.with(back.with(event.environment(), seal -> failed(seal, event))))
        .orElse(next);
  }

  private static RolloutState restoring(RolloutState state, Event.BaselineIntended event) {
    TakeBack back = state.takeBack().orElseThrow();
    Restore next =
        Optional.ofNullable(back.restores().get(event.environment()))
            .map(before -> before.again(event.at()))
            .orElseGet(() -> Restore.intended(event.gates(), event.at()));
    return state
        .with(back.with(event.environment(), next))
        .with(event.environment(), one -> one.baselineIntended(event.at()));
  }

  private static RolloutState restored(RolloutState state, String environment, Restore.Step step) {
    return state
        .takeBack()
        .filter(back -> back.restores().containsKey(environment))
        .map(back -> state.with(back.with(environment, back.restores().get(environment).at(step))))
        .orElse(state);
  }

  private static RolloutState left(RolloutState state, Event.BaselineLeft event) {
    TakeBack back = state.takeBack().orElseThrow();
    Restore given =
        back.restores()
            .getOrDefault(event.environment(), Restore.intended(event.gates(), event.at()));
    return state.with(back.with(event.environment(), given.at(Restore.Step.OVER)));
  }

  /** A read or a raise that was asked for before must not delay the first "false". */
  private static Seal failed(Seal seal, Event.AttemptFailed event) {
    boolean asked =
        event.attempt() == Attempt.SWITCH_OFF
            || event.attempt() == Attempt.RESTORE
            || event.attempt() == Attempt.READ && seal.againAt().isPresent();
    return asked ? seal.failed(event.retryAt()) : seal;
  }

  private static RolloutState resumed(RolloutState state, Event.Resumed event) {
    RolloutState next = state.lifted(Set.copyOf(event.lifted()));
    boolean accepts =
        event.lifted().contains(HoldKind.BREACH)
            || event.lifted().contains(HoldKind.EXTENSION_SPENT);
    if (accepts && next.watch().isPresent()) {
      next = Comparisons.accepted(next.with(next.watch().get().accepted(event.at())));
    }
    for (Map.Entry<String, rollout.plan.GateState> one : event.adopted().entrySet()) {
      next = next.with(one.getKey(), env -> env.confirmed(event.at(), one.getValue()));
    }
    return next;
  }

  private static RolloutState switchedOff(RolloutState state, Event.SwitchedOff event) {
    RolloutState next = state.with(event.environment(), one -> one.switchedOff(event.at()));
    return state
        .takeBack()
        .map(back -> next.with(back.with(event.environment(), seal -> seal.saidOff(event.at()))))
        .orElse(next);
  }

  /** Where gates may be coming back the protocol begins anew: whoever ends it means off. */
  private static RolloutState takingBack(
      RolloutState state,
      boolean byPerson,
      String reason,
      Instant at,
      java.util.List<String> environments) {
    Map<String, Seal> seals = new LinkedHashMap<>();
    Optional<TakeBack> before = state.takeBack();
    before.ifPresent(back -> seals.putAll(back.seals()));
    before.ifPresent(back -> seals.keySet().removeAll(back.restores().keySet()));
    Set<String> scope = new LinkedHashSet<>(environments);
    before.ifPresent(back -> scope.addAll(back.restores().keySet()));
    for (String environment : scope) {
      seals.computeIfAbsent(environment, name -> Seal.begin(pace(state, name, at)));
    }
    boolean person = byPerson || before.map(TakeBack::byPerson).orElse(false);
    return state.with(new TakeBack(person, at, reason, seals, Map.of()));
  }

  /** The decision is durable, so the wait may shrink where no raise can still be on its way. */
  private static Seal.Pace pace(RolloutState state, String environment, Instant at) {
    Safety safety = state.plan().safety();
    boolean quiet =
        Optional.ofNullable(state.environments().get(environment))
            .flatMap(EnvironmentState::lastIntentAt)
            .map(last -> !last.plus(safety.seal()).isAfter(at))
            .orElse(true);
    return new Seal.Pace(safety.propagation(), safety.seal(), quiet);
  }

  private static int indexOf(Plan plan, String stage) {
    return plan.indexOf(stage)
        .orElseThrow(() -> new IllegalArgumentException("the plan has no stage \"" + stage + "\""));
  }
}
