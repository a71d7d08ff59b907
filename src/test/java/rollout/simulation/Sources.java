package rollout.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

  /** Requests that are compared in a minute. */
  private static final double A_MINUTE = 100_000;

  private static final double USUALLY_FAIL = 0.001;

  /** More windows than that in one question are about the past. */
  private static final int LOOKS_AT_ONCE = 100;

  private static final Reading DOWN = new Reading.Unavailable("no answer");

  private final World world;
  private final Map<Fault.Kind, Long> until = new EnumMap<>(Fault.Kind.class);

  /** By the end of the window: all that was answered, in the order it was. */
  private final TreeMap<Long, List<Answer>> answers = new TreeMap<>();

  private record Answer(long at, String to, Role role, boolean good) {}

  private final Trials trials = new Trials();
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
        return 1000;
      }

      @Override
      public List<Reading> readAll(SignalQuery query, List<Window> windows) {
        boolean past = windows.size() > LOOKS_AT_ONCE;
        if (!past) {
          return Signals.super.readAll(query, windows);
        }
        world.pause(5, 60);
        Role role = roleOf(query);
        return windows.stream().map(window -> isDown() ? DOWN : before(role, window)).toList();
      }
    };
  }

  /** What the comparison was truly told. */
  Trials trials() {
    return trials;
  }

  private Reading read(SignalQuery query, Window window) {
    world.pause(5, 60);
    Role role = roleOf(query);
    if (role != Role.ERRORS && role != Role.REQUESTS) {
      return compared(role, environment(query));
    }
    Reading reading = answer(role);
    long moment = window.to().toEpochMilli() - Timeline.BEGIN.toEpochMilli();
    String asker = world.time().current().name();
    answers
        .computeIfAbsent(moment, none -> new ArrayList<>(2))
        .add(new Answer(world.time().now(), asker, role, isGood(role, reading)));
    return reading;
  }

  /** That there never was anything, it says only where that is so. */
  private boolean isDown() {
    return lasts(Fault.Kind.SOURCE_DOWN)
        || lasts(Fault.Kind.SOURCE_EMPTY)
        || lasts(Fault.Kind.SOURCE_NAN)
        || lasts(Fault.Kind.SOURCE_PARTIAL);
  }

  private Optional<Reading> silence() {
    return INSTEAD.entrySet().stream()
        .filter(one -> lasts(one.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** What a minute brings on one side, as the flag is just now. */
  private Reading compared(Role role, String environment) {
    Optional<Reading> silence = silence();
    if (silence.isPresent()) {
      return silence.get();
    }
    double share = world.environment(environment).gates().exposure().share().fraction();
    boolean treated = role == Role.TREATED_ERRORS || role == Role.TREATED_REQUESTS;
    double requests = Math.rint(A_MINUTE * (treated ? share : 1 - share));
    if (role == Role.TREATED_REQUESTS || role == Role.CONTROL_REQUESTS) {
      return new Reading.Value(requests);
    }
    boolean fails = lasts(Fault.Kind.INCIDENT) || treated && lasts(Fault.Kind.HURT);
    harmShown |= fails && requests > 0;
    trials.add(role, requests, fails);
    return new Reading.Value(Math.rint(requests * (fails ? 0.2 : USUALLY_FAIL)));
  }

  /** Before the rollout nobody had the flag on. */
  private Reading before(Role role, Window window) {
    double requests = A_MINUTE * window.length().toMinutes();
    return switch (role) {
      case CONTROL_REQUESTS -> new Reading.Value(requests);
      case CONTROL_ERRORS -> new Reading.Value(Math.rint(requests * USUALLY_FAIL));
      default -> new Reading.NoData("no series");
    };
  }

  private Reading answer(Role role) {
    Optional<Reading> silence = silence();
    if (silence.isPresent()) {
      return silence.get();
    }
    boolean harmed = lasts(Fault.Kind.HARM);
    harmShown |= harmed;
    double requests = lasts(Fault.Kind.SOURCE_THIN) ? 3 : 1000;
    return switch (role) {
      case REQUESTS -> new Reading.Value(requests);
      case ERRORS -> harmed ? new Reading.Value(requests / 5) : new Reading.NoData("no series");
      default -> throw new AssertionError("nobody asks for " + role);
    };
  }

  /**
   * To one process each question was answered, and well at the last: of two that ask about the same
   * moment the first to write it down has judged it.
   */
  private static boolean isGood(List<Answer> said, long until) {
    Map<String, Map<Role, Boolean>> heard = new HashMap<>();
    for (Answer one : said) {
      if (one.at() <= until) {
        heard
            .computeIfAbsent(one.to(), none -> new EnumMap<>(Role.class))
            .put(one.role(), one.good());
      }
    }
    return heard.values().stream().anyMatch(last -> last.size() == 2 && !last.containsValue(false));
  }

  private static boolean isGood(Role role, Reading reading) {
    return role == Role.REQUESTS
        ? reading instanceof Reading.Value value && value.value() >= 100
        : reading instanceof Reading.NoData none && none.reason().equals("no series");
  }

  private boolean lasts(Fault.Kind kind) {
    return until.getOrDefault(kind, -1L) > world.time().now();
  }

  private static Role roleOf(SignalQuery query) {
    String expression = ((SignalQuery.Promql) query).expression();
    int end = expression.indexOf('{');
    String name = end < 0 ? expression : expression.substring(0, end);
    return Role.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Of a comparison's query, which names it. */
  private static String environment(SignalQuery query) {
    return ((SignalQuery.Promql) query).expression().replaceAll(".*env=\"([^\"]*)\".*", "$1");
  }
}
