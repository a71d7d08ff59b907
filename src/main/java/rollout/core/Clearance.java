package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import rollout.plan.Durations;
import rollout.plan.OpenHours;
import rollout.plan.RaiseConditions;
import rollout.plan.Stage;

/**
 * The last question before a write that widens exposure: is the window open, and does the calendar
 * know of no incident and no freeze? What it says counts for the write that follows at once and for
 * no other. While anything stands against it the write waits, and it is asked again.
 */
final class Clearance {
  /** An answer that took longer than this and the interval is about a moment too long ago. */
  private static final Duration FRESH = Duration.ofSeconds(15);

  private static final int NAMED = 3;

  private final RolloutState state;
  private final Stage stage;
  private final String cell;
  private final Instant now;
  private final OpenHours window;

  private Clearance(RolloutState state, Stage stage, String cell, Instant now) {
    this.state = state;
    this.stage = stage;
    this.cell = cell;
    this.now = now;
    this.window = state.plan().conditions().window(cell);
  }

  /**
   * The write, or what is done instead.
   *
   * @param cell the environment it goes to
   * @param read what the calendar says; empty while it has not been asked
   */
  static Decision before(
      Decision write,
      RolloutState state,
      Stage stage,
      String cell,
      Instant now,
      Optional<Input.CalendarRead> read) {
    RaiseConditions conditions = state.plan().conditions();
    return conditions.needCalendar() && read.isEmpty()
        ? new Decision(List.of(), List.of(new Effect.AskCalendar()), "")
        : new Clearance(state, stage, cell, now).decide(write, read);
  }

  /**
   * Whether what stands against the raise is asked about with the next look: once with each, or
   * when the window opens.
   */
  static boolean comesWithTheNextLook(RolloutState state, Input.Tick tick) {
    boolean waits = state.holds().keySet().stream().anyMatch(HoldKind.OF_A_RAISE::contains);
    boolean opened =
        state.holds().containsKey(HoldKind.WINDOW) && opensAt(state, tick.at()).isEmpty();
    return waits && state.watch().isPresent() && !tick.fresh() && !opened;
  }

  /** When the window opens that the raise waits for. */
  static Optional<Instant> opensAt(RolloutState state, Instant now) {
    return state
        .entering()
        .filter(cell -> state.holds().containsKey(HoldKind.WINDOW))
        .map(cell -> state.plan().conditions().window(cell))
        .flatMap(window -> window.nextOpening(now))
        .filter(now::isBefore);
  }

  private Decision decide(Decision write, Optional<Input.CalendarRead> read) {
    Map<HoldKind, String> against = new EnumMap<>(HoldKind.class);
    read.ifPresent(answer -> addCalendar(against, answer));
    if (!window.isOpen(now)) {
      against.put(HoldKind.WINDOW, "the window of " + cell + closed());
    }
    List<Event> events = new ArrayList<>();
    against.forEach((kind, reason) -> hold(kind, reason).ifPresent(events::add));
    lift(against.keySet()).ifPresent(events::add);
    if (against.isEmpty()) {
      events.addAll(write.events());
      return new Decision(events, write.effects(), "");
    }
    return new Decision(events, Advancing.waiting(state, Optional.of(again())).effects(), "");
  }

  private String closed() {
    String opens =
        window
            .nextOpening(now)
            .map(at -> "opens at " + at.truncatedTo(ChronoUnit.SECONDS))
            .orElse("does not open");
    return " (" + window + ") " + opens;
  }

  private void addCalendar(Map<HoldKind, String> against, Input.CalendarRead read) {
    Duration took = Duration.between(read.askedAt(), read.at());
    if (took.compareTo(FRESH) > 0 && took.compareTo(stage.interval()) > 0) {
      against.put(
          HoldKind.CALENDAR,
          "asking for incidents and freezes took "
              + Durations.words(took)
              + ", too long to know how it is now");
    }
    for (Input.CalendarAnswer answer : read.answers()) {
      answer
          .silence()
          .map(why -> unknown(answer.check()) + why)
          .ifPresent(why -> against.merge(HoldKind.CALENDAR, why, (one, two) -> one + "; " + two));
      List<Obstacle> standing =
          answer.obstacles().stream()
              .filter(one -> !state.isOverridden(answer.check(), one))
              .sorted(Comparator.comparing(Obstacle::id))
              .toList();
      if (!standing.isEmpty()) {
        against.put(kindOf(answer.check()), words(standing));
      }
    }
  }

  private static String unknown(String check) {
    return check.equals(Checks.FREEZE)
        ? "nobody knows whether a freeze is in force: "
        : "nobody knows whether an incident is open: ";
  }

  private static HoldKind kindOf(String check) {
    return check.equals(Checks.FREEZE) ? HoldKind.FREEZE : HoldKind.INCIDENT;
  }

  private static String words(List<Obstacle> obstacles) {
    String named =
        obstacles.stream().limit(NAMED).map(Obstacle::text).collect(Collectors.joining("; "));
    int more = obstacles.size() - NAMED;
    return more > 0 ? named + "; and " + more + " more" : named;
  }

  /** What is silent words itself anew each time: said once, or it would be said without end. */
  private Optional<Event> hold(HoldKind kind, String reason) {
    boolean said =
        Optional.ofNullable(state.holds().get(kind))
            .filter(held -> kind == HoldKind.CALENDAR || held.reason().equals(reason))
            .isPresent();
    return said ? Optional.empty() : Optional.of(Advancing.hold(now, kind, reason));
  }

  private Optional<Event> lift(Set<HoldKind> standing) {
    Set<HoldKind> over = EnumSet.copyOf(HoldKind.OF_A_RAISE);
    over.retainAll(state.holds().keySet());
    over.removeAll(standing);
    return over.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Event.Resumed(
                now,
                List.copyOf(over),
                Optional.of(over.stream().map(Clearance::lifted).collect(Collectors.joining(", "))),
                Actor.PROGRAM,
                Map.of()));
  }

  private static String lifted(HoldKind kind) {
    return switch (kind) {
      case INCIDENT -> "no incident is open";
      case FREEZE -> "no freeze is in force";
      case CALENDAR -> "incidents and freezes are known again";
      case WINDOW -> "the window is open";
      default -> throw new AssertionError(kind + " is not of a raise");
    };
  }

  /** With the next look; where nothing else can change, when the window opens. */
  private Instant again() {
    Instant next = now.plus(stage.interval());
    return window
        .nextOpening(now)
        .filter(now::isBefore)
        .filter(at -> at.isBefore(next) || !state.plan().conditions().needCalendar())
        .orElse(next);
  }
}
