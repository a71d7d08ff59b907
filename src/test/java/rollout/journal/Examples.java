package rollout.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import rollout.core.Actor;
import rollout.core.Attempt;
import rollout.core.Compared;
import rollout.core.Event;
import rollout.core.Failure;
import rollout.core.Finding;
import rollout.core.HoldKind;
import rollout.core.Obstacle;
import rollout.judge.Measurement;
import rollout.judge.Reading;
import rollout.judge.Verdict;
import rollout.judge.sequential.Arm;
import rollout.judge.sequential.Past;
import rollout.judge.sequential.TestState;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.GateState;
import rollout.plan.Percentage;
import rollout.plan.Plan;
import rollout.plan.Role;
import rollout.plan.RolloutId;
import rollout.plan.Window;
import rollout.plan.diff.Change;

/** One example of every event, with every optional part and every kind of reading. */
final class Examples {
  static final Instant AT = Instant.parse("2026-11-22T14:05:01.000000001Z");
  static final FlagName FLAG = new FlagName("gitaly_commit_stats");
  static final RolloutId ROLLOUT = new RolloutId("gitaly_commit_stats-20261122T140501Z-k3f9");

  private static final Instant DUE = Instant.parse("2026-11-22T14:05:00Z");
  private static final Actor JANE = new Actor("jane", "terminal");
  private static final Exposure FIVE = Exposure.parse("5%");
  private static final Exposure EIGHTH = Exposure.parse("0.125%");
  private static final GateState FORMER =
      GateState.of(List.of("User:42", "Project:7"), List.of("team"));
  private static final GateState MARKED = GateState.OFF.withActor("User:42");
  private static final GateState FULL_OF_GATES =
      new GateState(
          false,
          new TreeSet<>(List.of("User:42", "Project:278964", "User:7:opt_out")),
          new TreeSet<>(List.of("gitlab_team_members")),
          Percentage.parse("5%"),
          Percentage.parse("0.5%"),
          new TreeSet<>(List.of("expression=x")));

  private Examples() {}

  /** Every type once, in the order a rollout could have them. */
  static List<Event> events() {
    return List.of(
        started(ROLLOUT, false),
        new Event.Replanned(
            AT,
            ExamplePlan.plan(),
            "5df6e0e2",
            "d4735e3a",
            List.of(
                new Change("guardrail p99: max 0.5 → 0.8", true),
                new Change("stage full: bake 1d → 7d", false)),
            true,
            JANE,
            "the limit was a guess"),
        new Event.GatesRecorded(AT, "production", FULL_OF_GATES),
        new Event.LimitSet(AT, Optional.of("low"), JANE),
        new Event.StageEntered(AT, "low", List.of("production")),
        new Event.Overridden(
            AT,
            "incidents",
            List.of(new Obstacle("infra#7", "incident infra#7 is open: \"the \u202E database\"")),
            JANE,
            Optional.of("it is ours")),
        new Event.MarkerIntended(AT, "production", "User:42"),
        new Event.MarkerConfirmed(AT, "production", MARKED),
        new Event.ExposureIntended(AT, "low", "production", FIVE, MARKED, FULL_OF_GATES),
        new Event.ExposureConfirmed(AT, "low", "production", FIVE, FULL_OF_GATES, true),
        new Event.AttemptFailed(
            AT, "production", Attempt.RAISE, Failure.UNKNOWN, "no answer after 15 s", DUE),
        new Event.Answered(AT, "production"),
        new Event.StageVerified(AT, "low", List.of("production"), EIGHTH),
        measured(3),
        judged(3),
        new Event.PastRead(AT, "errors-vs-control", "production", past()),
        new Event.PastUnread(AT, "errors-vs-control", "production", "it timed out", DUE),
        new Event.Warned(AT, "low", "p99", "p99 0.6 s, limit 0.5 s \u2028 <é>"),
        new Event.ApprovalAsked(AT, "low", "Tested on \"dev\"?\n"),
        new Event.Approved(AT, "low", JANE, Optional.of("tried it")),
        new Event.Promoted(AT, "low", JANE, Optional.empty()),
        new Event.StagePassed(AT, "low", List.of("production"), Exposure.FULL),
        new Event.Held(AT, HoldKind.DRIFT, "somebody raised it", Actor.PROGRAM),
        new Event.Resumed(
            AT,
            List.of(HoldKind.DRIFT, HoldKind.PERSON),
            Optional.of("fine"),
            JANE,
            Map.of("production", GateState.on(), "staging", MARKED)),
        new Event.DriftSeen(AT, "production", FULL_OF_GATES, GateState.OFF),
        new Event.RollbackDecided(
            AT,
            Event.Cause.GUARDRAIL,
            "low",
            Exposure.OFF,
            List.of("production", "staging"),
            Optional.of("grpc-errors"),
            "grpc-errors 2.1 %, limit 1 %",
            Optional.of(0.021),
            Optional.of(Double.NEGATIVE_INFINITY)),
        new Event.AbortRequested(AT, List.of("production"), JANE, Optional.of("it hurts")),
        new Event.SwitchedOff(AT, "production"),
        new Event.Sealed(AT, "production"),
        new Event.BaselineIntended(AT, "production", FORMER),
        new Event.BaselineRestored(AT, "production", FORMER, List.of("User:404 (unknown)")),
        new Event.BaselineLeft(AT, "production", FORMER, "the flag is 5% of actors now"),
        new Event.RolledBack(AT, "grpc-errors"),
        new Event.Aborted(AT, "it hurts"),
        new Event.Completed(AT));
  }

  private static Past past() {
    return new Past(
        1.25,
        0.5,
        1,
        0,
        3.75,
        1795443300,
        List.of(new Arm(12, 40000), Arm.MISSING, new Arm(0, 7.5)));
  }

  /** What a comparison remembers after a look of the rollout before. */
  static Compared compared() {
    return new Compared(
        "errors-vs-control",
        "production",
        new TestState(List.of(-1e300, 0.123456789012, 3.0, -17.5)),
        12345.5,
        Double.POSITIVE_INFINITY);
  }

  /**
   * Events whose parts got forms that the first examples could not have: they have files of their
   * own, because a file is never written anew.
   *
   * @return by the names of their files
   */
  static Map<String, Event> later() {
    return Map.of(
        "Measured-logs", measuredLater(),
        "Started-logs", started(ExamplePlan.later()),
        "Judged-compared", judgedLater(),
        "Started-compare", started(ExamplePlan.comparing()));
  }

  /** A look after which a comparison remembers something. */
  private static Event.Judged judgedLater() {
    Event.Judged judged = judged(4);
    return new Event.Judged(AT, "low", 4, DUE, judged.findings(), List.of(compared()));
  }

  /** A look at logs and alerts. */
  static Event.Measured measuredLater() {
    return new Event.Measured(
        AT,
        "low",
        4,
        DUE,
        List.of(
            measurement(
                "errors-vs-control",
                Map.of(
                    Role.SPLIT,
                    new Reading.Split(new Reading.Counts(9, 1020), new Reading.Counts(20, 19411)))),
            measurement(
                "alerts",
                Map.of(
                    Role.VALUE,
                    new Reading.Firing(
                        2, List.of(new Reading.Alert("GitalyErrorSLOViolation", DUE)))))));
  }

  private static Event.Started started(Plan plan) {
    return new Event.Started(
        AT, ROLLOUT, FLAG, plan, JANE, Optional.empty(), "rollout 0.4.0", false, List.of());
  }

  /** The first event of a rollout of {@link #FLAG}. */
  static Event.Started started(RolloutId rollout, boolean sandbox) {
    return new Event.Started(
        AT,
        rollout,
        FLAG,
        ExamplePlan.plan(),
        JANE,
        Optional.of("issue 123"),
        "rollout 0.1.0",
        sandbox,
        List.of("incidents"));
  }

  /** A look with every kind of reading. */
  static Event.Measured measured(long look) {
    return new Event.Measured(
        AT,
        "low",
        look,
        DUE,
        List.of(
            measurement(
                "grpc-errors",
                Map.of(
                    Role.ERRORS, new Reading.Value(0.1 + 0.2), Role.REQUESTS, number(1234567890))),
            measurement("p99", Map.of(Role.VALUE, number(Double.NaN))),
            measurement("low", Map.of(Role.VALUE, number(Double.NEGATIVE_INFINITY))),
            measurement("high", Map.of(Role.VALUE, number(Double.POSITIVE_INFINITY))),
            measurement("both", Map.of(Role.VALUE, new Reading.Counts(3, 1e300))),
            measurement(
                "exposure_check",
                Map.of(Role.CHECKS, new Reading.Series(Map.of("true", 5.0, "false", Double.NaN)))),
            measurement(
                "new-issues",
                Map.of(
                    Role.VALUE, new Reading.NoData("the query matched no series"),
                    Role.BASELINE, new Reading.Partial("a store was missing"))),
            measurement("alerts", Map.of(Role.VALUE, new Reading.Unavailable("it timed out"))),
            new Measurement("empty", new Window(DUE, DUE), false, Map.of())));
  }

  /** What was found in such a look. */
  static Event.Judged judged(long look) {
    return new Event.Judged(
        AT,
        "low",
        look,
        DUE,
        List.of(
            new Finding(
                "grpc-errors",
                Verdict.Kind.FAIL,
                "2.1 % > 1 %",
                Optional.of(0.021),
                Optional.of(0.01),
                true),
            new Finding(
                "p99",
                Verdict.Kind.NO_DATA,
                "no traffic",
                Optional.empty(),
                Optional.empty(),
                false)));
  }

  /** A pair of events as an ordinary look leaves behind. */
  static List<Event> ordinaryLook(long look, int guardrails) {
    List<Measurement> measurements =
        java.util.stream.IntStream.range(0, guardrails)
            .mapToObj(
                i ->
                    measurement(
                        "guardrail-" + i,
                        Map.of(Role.ERRORS, number(i * 0.37), Role.REQUESTS, number(1000.5 + i))))
            .toList();
    List<Finding> findings =
        measurements.stream()
            .map(
                one ->
                    new Finding(
                        one.guardrail(),
                        Verdict.Kind.PASS,
                        "0.037 % of 1000 requests failed, limit 1 %",
                        Optional.of(0.00037),
                        Optional.of(0.01),
                        false))
            .toList();
    return List.of(
        new Event.Measured(AT, "low", look, DUE, measurements),
        new Event.Judged(AT, "low", look, DUE, findings));
  }

  private static Measurement measurement(String guardrail, Map<Role, Reading> readings) {
    return new Measurement(
        guardrail, new Window(DUE.minus(Duration.ofMinutes(5)), DUE), true, readings);
  }

  private static Reading number(double value) {
    return new Reading.Value(value);
  }
}
