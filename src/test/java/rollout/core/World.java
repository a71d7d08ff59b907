package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import rollout.judge.Measurement;
import rollout.judge.Reading;
import rollout.plan.GateState;
import rollout.plan.Plan;
import rollout.plan.Question;
import rollout.plan.Role;
import rollout.plan.SignalQuery;

/** A world with true gates and scripted readings, and what goes wrong with the next write. */
final class World {
  static final String MARKER = "User:1";

  /** What becomes of a write. */
  enum Fate {
    DONE,
    /** It works, and the answer is lost. */
    LOST_ANSWER,
    /** It never arrives, and nobody says so. */
    LOST,
    /** It arrives later. */
    LATE,
    /** GitLab will not. */
    REFUSED,
    /** GitLab says it did not. */
    NOT_DONE,
    /** Somebody switches the flag off between the last check and the write. */
    OVERTAKEN,
    /** Somebody adds a gate between the last check and the write. */
    JOINED
  }

  private record Late(Instant at, String environment, Effect effect) {}

  /** A change that reached GitLab or may still. */
  record Write(Instant at, Effect effect, Fate fate) {}

  private final Plan plan;
  private final Map<String, GateState> gates = new TreeMap<>();
  private final Map<String, Deque<Fate>> fates = new HashMap<>();
  private final List<Late> late = new ArrayList<>();
  final List<Write> writes = new ArrayList<>();
  final Set<String> silent = new HashSet<>();

  /** How many looks the sources are quick enough to answer in one round. */
  int looksAtOnce = Integer.MAX_VALUE;

  final Set<String> down = new HashSet<>();
  Duration delay = Duration.ofSeconds(30);
  double errors;
  double requests = 1000;
  double issues;
  double seconds = 0.1;
  boolean used = true;

  /** What comparisons count. */
  final ArmsWorld arms = new ArmsWorld();

  /** What stands in the calendar, by check. */
  final Map<String, Set<String>> obstacles =
      Map.of(Checks.INCIDENTS, new TreeSet<>(), Checks.FREEZE, new TreeSet<>());

  /** When the calendar was asked. */
  final List<Instant> calendarAsked = new ArrayList<>();

  World(Plan plan) {
    this.plan = plan;
    plan.environments().forEach(one -> gates.put(one.name(), GateState.OFF));
  }

  GateState gates(String environment) {
    return gates.get(environment);
  }

  void set(String environment, GateState state) {
    gates.put(environment, state);
  }

  /** Nothing goes wrong any more with writes to come. */
  void forget() {
    fates.clear();
  }

  void next(String environment, Fate fate) {
    fates.computeIfAbsent(environment, name -> new ArrayDeque<>()).add(fate);
  }

  /** Whether a write is still on its way. */
  boolean isAnythingLate() {
    return !late.isEmpty();
  }

  /** What is late and due by now arrives. */
  void advanceTo(Instant now) {
    List<Late> due = new ArrayList<>(late.stream().filter(one -> !one.at.isAfter(now)).toList());
    late.removeAll(due);
    due.sort(Comparator.comparing(Late::at));
    due.forEach(one -> apply(one.environment, one.effect));
  }

  /** Performs an effect; what comes back, unless there is nothing to say. */
  Optional<Input> perform(Effect effect, Instant now) {
    if (effect instanceof Effect.Measure e) {
      List<Look> taken = e.looks().subList(0, Math.min(looksAtOnce, e.looks().size()));
      boolean more = taken.size() < e.looks().size();
      return Optional.of(new Input.Measured(now, e.stage(), answers(taken), more));
    } else if (effect instanceof Effect.WakeAt) {
      return Optional.empty();
    } else if (effect instanceof Effect.ReadStage stage) {
      return Optional.of(readStage(stage, now));
    } else if (effect instanceof Effect.AskCalendar) {
      calendarAsked.add(now);
      return Optional.of(new Input.CalendarRead(now, now, calendar()));
    } else if (effect instanceof Effect.ReadPast past) {
      List<Input.PastAnswer> answers = past.series().stream().map(this::past).toList();
      return Optional.of(new Input.PastRead(now, past.guardrail(), past.environment(), answers));
    }
    return Optional.of(ask(effect, now));
  }

  private Input readStage(Effect.ReadStage stage, Instant now) {
    Map<String, GateState> seen = new TreeMap<>();
    for (String cell : stage.environments()) {
      Input one = ask(new Effect.ReadExposure(cell), now);
      if (!(one instanceof Input.ExposureRead read)) {
        return one;
      }
      seen.put(cell, read.gates());
    }
    return new Input.StageRead(now, seen);
  }

  /** What a person sets aside at the start. */
  Input.Override override(String check) {
    return new Input.Override(check, calendar(check).obstacles());
  }

  private List<Input.CalendarAnswer> calendar() {
    return Stream.of(Checks.INCIDENTS, Checks.FREEZE).map(this::calendar).toList();
  }

  private Input.CalendarAnswer calendar(String check) {
    if (silent.contains("calendar")) {
      return new Input.CalendarAnswer(check, List.of(), Optional.of("GitLab did not answer"));
    }
    List<Obstacle> found =
        obstacles.get(check).stream().map(id -> new Obstacle(id, check + " " + id)).toList();
    return new Input.CalendarAnswer(check, found, Optional.empty());
  }

  private Input ask(Effect effect, Instant now) {
    String environment = environmentOf(effect);
    if (down.contains(environment)) {
      return failed(effect, now, Failure.NOT_DONE, "GitLab is down");
    }
    GateState seen = gates.get(environment);
    if (effect instanceof Effect.ReadExposure) {
      return new Input.ExposureRead(now, environment, seen);
    } else if (effect instanceof Effect.Identify) {
      return new Input.Identified(now, environment, MARKER);
    } else if (effect instanceof Effect.SetExposure e && changedBeside(e).isPresent()) {
      String changed = changedBeside(e).get();
      return new Input.ExposureRead(now, changed, gates.get(changed));
    } else if (effect instanceof Effect.RestoreBaseline && !seen.isOff()) {
      return new Input.ExposureRead(now, environment, seen);
    } else if (effect instanceof Effect.SetExposure e && !seen.equals(e.expected())) {
      return new Input.ExposureRead(now, environment, seen);
    } else if (effect instanceof Effect.SetMarker e
        && (seen.actors().contains(e.actorGate()) || !seen.equals(e.expected()))) {
      return new Input.Marked(now, environment, seen);
    }
    return write(effect, environment, now);
  }

  private Optional<String> changedBeside(Effect.SetExposure raise) {
    return raise.beside().keySet().stream()
        .filter(cell -> !gates.get(cell).equals(raise.beside().get(cell)))
        .findFirst();
  }

  private Input write(Effect effect, String environment, Instant now) {
    Fate fate = Optional.ofNullable(fates.get(environment)).map(Deque::poll).orElse(Fate.DONE);
    writes.add(new Write(now, effect, fate));
    switch (fate) {
      case DONE -> apply(environment, effect);
      case OVERTAKEN -> {
        gates.put(environment, GateState.OFF);
        apply(environment, effect);
      }
      case JOINED -> {
        apply(environment, effect);
        gates.computeIfPresent(environment, (name, state) -> state.withActor("User:9"));
      }
      case LOST_ANSWER -> {
        apply(environment, effect);
        return failed(effect, now, Failure.UNKNOWN, "the answer was lost");
      }
      case LATE -> {
        late.add(new Late(now.plus(delay), environment, effect));
        return failed(effect, now, Failure.UNKNOWN, "no answer in time");
      }
      case LOST -> {
        return failed(effect, now, Failure.UNKNOWN, "no answer in time");
      }
      case REFUSED -> {
        return failed(effect, now, Failure.REFUSED, "GitLab said 403; look at the token");
      }
      case NOT_DONE -> {
        return failed(effect, now, Failure.NOT_DONE, "GitLab said 429");
      }
      default -> throw new AssertionError(fate);
    }
    GateState answer = gates.get(environment);
    if (effect instanceof Effect.RestoreBaseline) {
      return new Input.BaselineSet(now, environment, answer, List.of());
    }
    return effect instanceof Effect.SetMarker
        ? new Input.Marked(now, environment, answer)
        : new Input.ExposureSet(now, environment, answer);
  }

  private void apply(String environment, Effect effect) {
    GateState before = gates.get(environment);
    if (effect instanceof Effect.SetExposure e) {
      gates.put(environment, before.with(plan.safety().gate(), e.exposure()));
    } else if (effect instanceof Effect.SetMarker e) {
      gates.put(environment, before.withActor(e.actorGate()));
    } else if (effect instanceof Effect.RestoreBaseline e) {
      gates.put(environment, joined(before, e.gates()));
    } else {
      gates.put(environment, GateState.OFF);
    }
  }

  private static GateState joined(GateState before, GateState more) {
    Set<String> groups = new HashSet<>(before.groups());
    groups.addAll(more.groups());
    GateState all =
        new GateState(
            before.everybody(),
            before.actors(),
            new TreeSet<>(groups),
            before.percentageOfActors(),
            before.percentageOfTime(),
            before.others());
    for (String actor : more.actors()) {
      all = all.withActor(actor);
    }
    return all;
  }

  private static Input failed(Effect effect, Instant now, Failure failure, String reason) {
    return new Input.PortFailed(
        now, environmentOf(effect), attempt(effect), failure, reason, Optional.empty());
  }

  private static Attempt attempt(Effect effect) {
    if (effect instanceof Effect.SetExposure) {
      return Attempt.RAISE;
    } else if (effect instanceof Effect.SwitchOff) {
      return Attempt.SWITCH_OFF;
    } else if (effect instanceof Effect.RestoreBaseline) {
      return Attempt.RESTORE;
    }
    return effect instanceof Effect.ReadExposure ? Attempt.READ : Attempt.MARK;
  }

  static String environmentOf(Effect effect) {
    if (effect instanceof Effect.ReadExposure e) {
      return e.environment();
    } else if (effect instanceof Effect.SetMarker e) {
      return e.environment();
    } else if (effect instanceof Effect.Identify e) {
      return e.environment();
    } else if (effect instanceof Effect.SetExposure e) {
      return e.environment();
    } else if (effect instanceof Effect.SwitchOff e) {
      return e.environment();
    } else if (effect instanceof Effect.RestoreBaseline e) {
      return e.environment();
    }
    throw new AssertionError("no environment in " + effect);
  }

  private List<Input.Answered> answers(List<Look> looks) {
    return looks.stream()
        .map(
            look ->
                new Input.Answered(
                    look.number(),
                    look.dueAt(),
                    look.inquiries().stream().map(this::measure).toList()))
        .toList();
  }

  private Measurement measure(Look.Inquiry inquiry) {
    Map<Role, Reading> readings = new TreeMap<>();
    inquiry.questions().forEach(question -> readings.put(question.role(), read(question)));
    return new Measurement(
        inquiry.guardrail(),
        Optional.of(inquiry.environment()),
        inquiry.window(),
        inquiry.full(),
        readings);
  }

  private Reading read(Question question) {
    if (silent.contains(question.query().source())) {
      return new Reading.Unavailable(question.query().source() + " did not answer");
    }
    return switch (question.role()) {
      case REQUESTS -> new Reading.Value(requests);
      case ERRORS ->
          errors == 0
              ? new Reading.NoData("no series")
              : new Reading.Value(Math.round(errors * requests));
      case BASELINE -> new Reading.Value(100);
      case VALUE -> new Reading.Value(value(question.query()));
      case CHECKS -> checks(((SignalQuery.Promql) question.query()).expression());
      default -> arms.read(question, share(((SignalQuery.Promql) question.query()).expression()));
    };
  }

  private double value(SignalQuery query) {
    if (query instanceof SignalQuery.SentryIssues issue) {
      return issue.count() == SignalQuery.Count.NEW_ISSUES ? issues : 50;
    }
    return seconds;
  }

  private Input.PastAnswer past(Effect.Series series) {
    boolean silent = this.silent.contains("past") || this.silent.contains(series.query().source());
    return new Input.PastAnswer(
        series,
        series.windows().stream()
            .map(
                window ->
                    silent
                        ? new Reading.Unavailable(series.query().source() + " did not answer")
                        : arms.before(new Question(series.role(), series.query(), window)))
            .toList());
  }

  private double share(String expression) {
    return plan.environments().stream()
        .filter(one -> expression.contains("env=\"" + one.name() + "\""))
        .findFirst()
        .map(one -> gates.get(one.name()).exposure().share().fraction())
        .orElseThrow();
  }

  private Reading checks(String expression) {
    double share = share(expression);
    double enabled = used ? share : 0;
    return new Reading.Series(Map.of("true", enabled * 10_000, "false", (1 - enabled) * 10_000));
  }
}
