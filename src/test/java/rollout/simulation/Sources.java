package rollout.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import rollout.judge.Reading;
import rollout.plan.Role;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.Signals;

/** Where evidence is read: what it says, and what it truly said of each moment. */
final class Sources {
  /** What a source says while a fault lasts. */
  private static final Map<Fault.Kind, Reading> INSTEAD =
      new EnumMap<>(
          Map.of(
              Fault.Kind.SOURCE_DOWN, new Reading.Unavailable("no answer"),
              Fault.Kind.SOURCE_EMPTY, new Reading.NoData("no series"),
              Fault.Kind.SOURCE_NAN, new Reading.Value(Double.NaN),
              Fault.Kind.SOURCE_PARTIAL, new Reading.Partial("a shard is missing")));

  private static final Set<Role> REQUESTS =
      EnumSet.of(Role.REQUESTS, Role.TREATED_REQUESTS, Role.CONTROL_REQUESTS);
  private static final Set<Role> ROLES =
      EnumSet.of(
          Role.ERRORS,
          Role.REQUESTS,
          Role.TREATED_ERRORS,
          Role.TREATED_REQUESTS,
          Role.CONTROL_ERRORS,
          Role.CONTROL_REQUESTS);

  private final World world;
  private final Map<Fault.Kind, Long> until = new EnumMap<>(Fault.Kind.class);

  /** By the end of the window: all that was answered, in the order it was. */
  private final TreeMap<Long, List<Answer>> answers = new TreeMap<>();

  private record Answer(long at, String to, Role role, boolean good) {}

  private boolean harmShown;

  Sources(World world) {
    this.world = world;
  }

  void befall(Fault.Kind kind, long end) {
    until.merge(kind, end, Math::max);
  }

  void heal() {
    until.clear();
  }

  /** Whether anybody was ever told of harm. */
  boolean hasShownHarm() {
    return harmShown;
  }

  /** Moments after {@code from} of which, until then, only good was said. */
  long goodBetween(long from, long until) {
    return answers.subMap(from, false, until, true).values().stream()
        .filter(said -> isGood(said, until))
        .count();
  }

  /** Whether, until then, only good was said of the last moment that was asked about. */
  boolean isLastGood(long atLeast, long until) {
    for (Map.Entry<Long, List<Answer>> one : answers.descendingMap().entrySet()) {
      if (one.getValue().get(0).at() <= until) {
        return one.getKey() >= atLeast && isGood(one.getValue(), until);
      }
    }
    return false;
  }

  /** What a process of ours reads. */
  Signals port() {
    return new Signals() {
      @Override
      public Reading read(SignalQuery query, Window window) {
        return Sources.this.read(query, window);
      }

      @Override
      public int windowsAtOnce() {
        return Integer.MAX_VALUE;
      }

      @Override
      public List<Reading> readAll(SignalQuery query, List<Window> windows) {
        Instant last = windows.get(windows.size() - 1).to();
        return isBefore(last)
            ? Collections.nCopies(windows.size(), before(query))
            : Signals.super.readAll(query, windows);
      }
    };
  }

  /** A week is only ever asked for as it was before the rollout, or before its first stage. */
  private static boolean isBefore(Instant moment) {
    return !moment.isAfter(Timeline.BEGIN);
  }

  /** What was before the rollout proves nothing of it, and takes one answer. */
  private Reading before(SignalQuery query) {
    world.pause(5, 60);
    return answer(roleOf(query));
  }

  private Reading read(SignalQuery query, Window window) {
    world.pause(5, 60);
    Role role = roleOf(query);
    Reading reading = answer(role);
    long moment = window.to().toEpochMilli() - Timeline.BEGIN.toEpochMilli();
    String asker = world.time().current().name();
    answers
        .computeIfAbsent(moment, none -> new ArrayList<>(2))
        .add(new Answer(world.time().now(), asker, role, isGood(role, reading)));
    return reading;
  }

  private Reading answer(Role role) {
    for (Map.Entry<Fault.Kind, Reading> one : INSTEAD.entrySet()) {
      if (lasts(one.getKey())) {
        return one.getValue();
      }
    }
    boolean harmed = lasts(Fault.Kind.HARM);
    harmShown |= harmed;
    double requests = lasts(Fault.Kind.SOURCE_THIN) ? 3 : 1000;
    return switch (role) {
      case REQUESTS, TREATED_REQUESTS, CONTROL_REQUESTS -> new Reading.Value(requests);
      case CONTROL_ERRORS -> new Reading.NoData("no series");
      case ERRORS, TREATED_ERRORS ->
          harmed ? new Reading.Value(requests / 5) : new Reading.NoData("no series");
      default -> throw new AssertionError("nobody asks for " + role);
    };
  }

  /**
   * To one process each question was answered, and well at the last: of two that ask about the same
   * moment the first to write it down has judged it.
   */
  private boolean isGood(List<Answer> said, long until) {
    Map<String, Map<Role, Boolean>> heard = new HashMap<>();
    for (Answer one : said) {
      if (one.at() <= until) {
        heard
            .computeIfAbsent(one.to(), none -> new EnumMap<>(Role.class))
            .put(one.role(), one.good());
      }
    }
    int questions = world.scenario().compares() ? 6 : 2;
    return heard.values().stream()
        .anyMatch(last -> last.size() == questions && !last.containsValue(false));
  }

  private static boolean isGood(Role role, Reading reading) {
    return REQUESTS.contains(role)
        ? reading instanceof Reading.Value value && value.value() >= 100
        : reading instanceof Reading.NoData none && none.reason().equals("no series");
  }

  private boolean lasts(Fault.Kind kind) {
    return until.getOrDefault(kind, -1L) > world.time().now();
  }

  private static Role roleOf(SignalQuery query) {
    String expression = ((SignalQuery.Promql) query).expression();
    return ROLES.stream()
        .filter(
            role -> expression.startsWith(role.name().toLowerCase(Locale.ROOT).replace('_', ' ')))
        .findFirst()
        .orElseThrow();
  }
}
