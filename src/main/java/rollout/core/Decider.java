package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The one place where it is decided what happens next. Pure: the same state and input always give
 * the same decision.
 *
 * <p>The caller makes the events durable, folds them in, performs the effects and feeds what comes
 * back in as the next input. {@code decide(state, Tick)} asks again for whatever the rollout waits
 * for, so that going on after a crash is the ordinary path.
 */
public final class Decider {
  /** A server closes a connection that was idle for so long (safety.md, Raise). */
  private static final Duration INTENT_KEEPS = Duration.ofSeconds(60);

  private Decider() {}

  /** The first decision of a rollout, which has no state yet. */
  public static Decision start(Input.Start start) {
    List<Event> events = new ArrayList<>();
    events.add(
        new Event.Started(
            start.at(),
            start.rollout(),
            start.flag(),
            start.plan(),
            start.actor(),
            start.reason(),
            start.program(),
            start.sandbox(),
            start.overrides().stream().map(Input.Override::check).distinct().toList()));
    for (Input.Override one : start.overrides()) {
      events.add(
          new Event.Overridden(
              start.at(), one.check(), one.findings(), start.actor(), start.reason()));
    }
    if (start.limit().isPresent()) {
      events.add(new Event.LimitSet(start.at(), start.limit(), start.actor()));
    }
    return new Decision(events, List.of(), "");
  }

  /**
   * Whether a raise that was intended may still go out. The process may have been stopped since,
   * for longer than the evidence keeps (invariant I2); and whoever takes back counts from the
   * moment of the intent how long a request can be under way, so an old one is none.
   */
  public static boolean mayStillRaise(RolloutState state, Instant now) {
    return state.takeBack().isEmpty()
        && state.end().isEmpty()
        && state.lastIntentAt().filter(at -> now.isAfter(at.plus(INTENT_KEEPS))).isEmpty()
        && Advancing.mayAdvance(state)
        && Advancing.isClear(state, now);
  }

  /** What follows from an input. */
  public static Decision decide(RolloutState state, Input input) {
    if (input instanceof Input.Tick tick) {
      return onTick(state, tick);
    } else if (input instanceof Input.Measured measured) {
      return state.takeBack().isPresent() || state.end().isPresent()
          ? Decision.NOTHING
          : Judging.onMeasured(state, measured);
    } else if (input instanceof Input.PastRead read) {
      return state.takeBack().isPresent() || state.end().isPresent()
          ? Decision.NOTHING
          : Pasts.onRead(state, read);
    } else if (input instanceof Input.CalendarRead read) {
      return state.takeBack().isPresent() || state.end().isPresent()
          ? Decision.NOTHING
          : Entering.onCalendar(state, read);
    } else if (isAnswerOfGitLab(input)) {
      return onAnswer(state, input);
    } else {
      return Requests.onRequest(state, input);
    }
  }

  private static Decision onTick(RolloutState state, Input.Tick tick) {
    if (state.takeBack().isPresent()) {
      return TakingBack.onTick(state, tick);
    }
    return state.end().isPresent() ? Decision.NOTHING : Advancing.onTick(state, tick);
  }

  private static boolean isAnswerOfGitLab(Input input) {
    return input instanceof Input.ExposureRead
        || input instanceof Input.StageRead
        || input instanceof Input.ExposureSet
        || input instanceof Input.BaselineSet
        || input instanceof Input.Marked
        || input instanceof Input.Identified
        || input instanceof Input.SealedElsewhere
        || input instanceof Input.PortFailed;
  }

  private static Decision onAnswer(RolloutState state, Input input) {
    if (state.takeBack().isPresent()) {
      return TakingBack.onAnswer(state, input);
    }
    return state.end().isPresent() ? Decision.NOTHING : Answers.onAnswer(state, input);
  }
}
