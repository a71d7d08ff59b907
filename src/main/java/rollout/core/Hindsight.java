package rollout.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One event of a history, and whether the machine comes to it again from nothing but the events
 * before it. What people and servers said cannot be decided again; what followed from it can.
 *
 * @param seq the event's number, from 1
 * @param before the state it was recorded in; empty for the first
 * @param after the state it led to
 * @param look the last look before it, for an event that rests on one
 * @param decided whether the machine decided it, so that it can be decided again
 * @param differences what comes out otherwise; none when all is the same, or nothing was decided
 */
public record Hindsight(
    int seq,
    Event event,
    Optional<RolloutState> before,
    RolloutState after,
    Optional<LookAgain> look,
    boolean decided,
    List<Difference> differences) {
  private static final Set<Class<? extends Event>> OF_THE_MACHINE =
      Set.of(
          Event.ExposureIntended.class,
          Event.Warned.class,
          Event.ApprovalAsked.class,
          Event.StagePassed.class,
          Event.Completed.class);

  /** What somebody means who asks why things are as they are. */
  private static final Set<Class<? extends Event>> TURNS =
      Set.of(
          Event.Held.class,
          Event.Resumed.class,
          Event.Promoted.class,
          Event.Replanned.class,
          Event.ApprovalAsked.class,
          Event.StagePassed.class,
          Event.RollbackDecided.class,
          Event.AbortRequested.class);

  public Hindsight {
    differences = List.copyOf(differences);
  }

  /** The number of the last event that changed the course; of the last one when none did. */
  public static int lastTurn(List<Event> events) {
    for (int seq = events.size(); seq > 0; seq--) {
      if (TURNS.contains(events.get(seq - 1).getClass())) {
        return seq;
      }
    }
    return events.size();
  }

  /**
   * Explains one event.
   *
   * @param events the whole history
   * @param seq from 1
   * @throws IllegalArgumentException when there is no event of this number
   */
  public static Hindsight of(List<Event> events, int seq) {
    if (seq < 1 || seq > events.size()) {
      throw new IllegalArgumentException(
          "there is no event " + seq + "; they are numbered from 1 to " + events.size());
    }
    Event event = events.get(seq - 1);
    Optional<RolloutState> before =
        seq == 1 ? Optional.empty() : Optional.of(RolloutState.fold(events.subList(0, seq - 1)));
    RolloutState after =
        before.map(state -> state.apply(event)).orElseGet(() -> RolloutState.fold(List.of(event)));
    Optional<LookAgain> look = before.flatMap(state -> look(events, seq, state));
    boolean isLook = event instanceof Event.Measured || event instanceof Event.Judged;
    boolean answered = before.filter(state -> endsAStepBack(event, state)).isPresent();
    boolean decided = isLook && look.isPresent() || !isLook && isOfTheMachine(event) && !answered;
    List<Difference> differences =
        new ArrayList<>(look.map(LookAgain::differences).orElse(List.of()));
    if (decided && !isLook) {
      differences.addAll(ofEvent(event, before.orElseThrow(), look));
    }
    return new Hindsight(seq, event, before, after, look, decided, differences);
  }

  /** The look an event is about, or rests on: the last one of the stage that is watched. */
  private static Optional<LookAgain> look(List<Event> events, int seq, RolloutState before) {
    Event event = events.get(seq - 1);
    if (event instanceof Event.Judged) {
      return LookAgain.of(events, seq);
    }
    if (event instanceof Event.Measured) {
      return seq < events.size() ? LookAgain.of(events, seq + 1) : Optional.empty();
    }
    boolean rests = isOfTheMachine(event) || TURNS.contains(event.getClass());
    if (!rests || before.watch().filter(watch -> watch.looks() > 0).isEmpty()) {
      return Optional.empty();
    }
    for (int earlier = seq - 1; earlier > 0; earlier--) {
      if (events.get(earlier - 1) instanceof Event.Judged) {
        return LookAgain.of(events, earlier);
      }
    }
    return Optional.empty();
  }

  private static boolean isOfTheMachine(Event event) {
    if (event instanceof Event.Held held) {
      return held.actor().equals(Actor.PROGRAM)
          && Set.of(HoldKind.BREACH, HoldKind.EVIDENCE, HoldKind.EXTENSION_SPENT, HoldKind.LIMIT)
              .contains(held.kind());
    }
    if (event instanceof Event.Resumed resumed) {
      return resumed.lifted().equals(List.of(HoldKind.EVIDENCE))
          && resumed.actor().equals(Actor.PROGRAM);
    }
    if (event instanceof Event.RollbackDecided back) {
      return back.cause() == Event.Cause.GUARDRAIL;
    }
    return OF_THE_MACHINE.contains(event.getClass());
  }

  /** What GitLab answered on the way down is not in the journal, only what it led to. */
  private static boolean endsAStepBack(Event event, RolloutState before) {
    return event instanceof Event.RollbackDecided && before.stepBack().isPresent();
  }

  private static List<Difference> ofEvent(
      Event event, RolloutState before, Optional<LookAgain> look) {
    List<Event> again =
        decisions(before, event.at(), look).stream()
            .filter(one -> one.getClass().equals(event.getClass()))
            .toList();
    String name = event.getClass().getSimpleName();
    if (again.contains(event)) {
      return List.of();
    }
    if (again.isEmpty()) {
      return List.of(new Difference(name, "decision", "decided", "not decided"));
    }
    return Parts.differing((Record) event, (Record) again.get(0)).stream()
        .map(part -> new Difference(name, part.name(), part.one(), part.other()))
        .toList();
  }

  /**
   * All that may be decided at a moment: from the look that was just taken, from the time that has
   * gone by, and from a calendar that has nothing against it. What the calendar said is not in the
   * journal, only what it stopped.
   */
  private static List<Event> decisions(RolloutState before, Instant at, Optional<LookAgain> look) {
    List<Event> all = new ArrayList<>();
    look.filter(one -> one.measured().at().equals(at)).ifPresent(one -> all.addAll(one.decided()));
    if (before.takeBack().isEmpty() && before.end().isEmpty()) {
      all.addAll(Advancing.step(before, new Input.Tick(at, true)).events());
      all.addAll(Decider.decide(before, new Input.Tick(at)).events());
      all.addAll(Decider.decide(before, new Input.CalendarRead(at, at, List.of())).events());
      before
          .watch()
          .flatMap(watch -> Advancing.evidenceGap(before, watch.lastDueAt(), at))
          .ifPresent(gap -> all.addAll(gap.events()));
    }
    return all;
  }
}
