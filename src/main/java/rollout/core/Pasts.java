package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.judge.PastReading;
import rollout.judge.Trials;
import rollout.plan.Check;
import rollout.plan.Guardrail;
import rollout.plan.Stage;
import rollout.plan.Window;

/**
 * What comparisons know of the time before the rollout: asked for as soon as a stage is watched,
 * and again until it is known.
 */
final class Pasts {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration STEP = Duration.ofMinutes(30);
  private static final Duration RECENT = Duration.ofHours(3);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** A whole week is asked for: never so often as a single question. */
  private static final int PATIENT = 4;

  private Pasts() {}

  /** What is to be read now. */
  static List<Effect> due(RolloutState state, Instant now) {
    List<Effect> due = new ArrayList<>();
    state
        .watch()
        .ifPresent(
            watch -> {
              Stage stage = Advancing.stageOf(state.plan(), watch);
              for (Guardrail guardrail : Comparisons.of(state.plan(), stage)) {
                for (String environment : stage.environments()) {
                  if (isDue(state, guardrail, environment, now)) {
                    due.add(read(state, guardrail, environment, endOf(state, watch, environment)));
                  }
                }
              }
            });
    return due;
  }

  /** When the next one that could not be read is asked for again. */
  static Optional<Instant> nextAt(RolloutState state) {
    return state
        .watch()
        .flatMap(
            watch ->
                state.comparisons().values().stream()
                    .filter(one -> one.past().isEmpty())
                    .flatMap(one -> one.unread().stream())
                    .map(ComparisonState.Unread::retryAt)
                    .min(Instant::compareTo));
  }

  private static boolean isDue(
      RolloutState state, Guardrail guardrail, String environment, Instant now) {
    ComparisonState known = state.comparison(new ComparisonKey(guardrail.name(), environment));
    boolean patient = known.unread().map(unread -> unread.retryAt().isAfter(now)).orElse(false);
    return known.past().isEmpty() && !patient && !Trials.isNew((Check.Compare) guardrail.check());
  }

  /** Before anybody saw the flag here; an earlier stage in the same place had it on already. */
  private static Instant endOf(RolloutState state, Watch watch, String environment) {
    boolean first =
        state.plan().stages().stream()
            .filter(stage -> stage.isIn(environment))
            .findFirst()
            .filter(stage -> stage.name().equals(watch.stage()))
            .isPresent();
    return first ? watch.raisedAt() : state.started().at();
  }

  private static Effect read(
      RolloutState state, Guardrail guardrail, String environment, Instant raisedAt) {
    Instant end =
        raisedAt.minus(state.plan().lagOf(guardrail.source())).truncatedTo(ChronoUnit.MINUTES);
    Questions questions = new Questions(state.plan(), state.flag(), environment, raisedAt);
    List<Effect.Series> series = new ArrayList<>();
    series.addAll(questions.past(guardrail, side(end, WEEK, STEP), true));
    series.addAll(questions.past(guardrail, side(end, RECENT, MINUTE), false));
    return new Effect.ReadPast(guardrail.name(), environment, series);
  }

  /** Windows side by side, oldest first. */
  private static List<Window> side(Instant end, Duration length, Duration step) {
    List<Window> windows = new ArrayList<>();
    for (Instant from = end.minus(length); from.isBefore(end); from = from.plus(step)) {
      windows.add(new Window(from, from.plus(step)));
    }
    return windows;
  }

  static Decision onRead(RolloutState state, Input.PastRead input) {
    ComparisonKey key = new ComparisonKey(input.guardrail(), input.environment());
    ComparisonState known = state.comparison(key);
    if (known.past().isPresent() || input.answers().isEmpty()) {
      return Decision.NOTHING;
    }
    PastReading reading = new PastReading();
    input
        .answers()
        .forEach(one -> reading.add(one.asked().role(), one.asked().windows(), one.readings()));
    Optional<String> why = reading.whyUnknown();
    if (why.isEmpty()) {
      return Advancing.events(
          new Event.PastRead(input.at(), key.guardrail(), key.environment(), reading.past(STEP)));
    }
    int attempts = known.unread().map(ComparisonState.Unread::attempts).orElse(0);
    String spread = state.rollout().value() + key;
    Instant retryAt = Backoff.next(input.at(), attempts + PATIENT, Optional.empty(), spread);
    return Advancing.events(
        new Event.PastUnread(input.at(), key.guardrail(), key.environment(), why.get(), retryAt));
  }
}
