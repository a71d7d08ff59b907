package rollout.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import rollout.core.Actor;
import rollout.core.Attempt;
import rollout.core.Event;
import rollout.core.Failure;
import rollout.core.Finding;
import rollout.core.HoldKind;
import rollout.core.Looks;
import rollout.core.RolloutState;
import rollout.judge.Measurement;
import rollout.judge.Reading;
import rollout.judge.Verdict;
import rollout.plan.Exposure;
import rollout.plan.Gate;
import rollout.plan.GateState;
import rollout.plan.Percentage;
import rollout.plan.Plan;
import rollout.plan.Role;
import rollout.plan.RolloutId;
import rollout.plan.Stage;
import rollout.plan.Window;
import rollout.port.History;

/** A rollout told event by event, for tests that need one without a machine or servers. */
public final class Histories {
  /** When every told rollout begins. */
  public static final Instant BEGIN = Instant.parse("2026-11-22T14:00:00Z");

  /** Who starts it. */
  public static final Actor ANA = new Actor("ana", "terminal");

  private static final RolloutId ID = new RolloutId("gitaly_commit_stats-20261122T140000Z-k3f9");
  private static final GateState MARKED = GateState.OFF.withActor("User:42");

  private final Plan plan;
  private final List<Event> events = new ArrayList<>();
  private Instant now = BEGIN;
  private GateState gates = GateState.OFF;
  private Instant verifiedAt = BEGIN;
  private long look;

  private Histories(Plan plan) {
    this.plan = plan;
  }

  /** A rollout of the checklist that has just been started. */
  public static Histories started() {
    return started(Plans.checklist());
  }

  /** A rollout of this plan that has just been started. */
  public static Histories started(Plan plan) {
    Histories told = new Histories(plan);
    return told.add(
        new Event.Started(
            BEGIN,
            ID,
            Plans.FLAG,
            plan,
            ANA,
            Optional.of("the release of the week"),
            "rollout 0.1.0",
            false,
            List.of()));
  }

  /** One that has come to this stage of production, which is verified and not looked at yet. */
  public static Histories baking(String stage) {
    Histories told = started();
    for (Stage one : told.plan.stages()) {
      told.entered(one.name()).verified(one.name());
      if (one.name().equals(stage)) {
        return told;
      }
      told.later(one.bake()).passed(one.name());
    }
    throw new IllegalArgumentException("no stage " + stage);
  }

  /** The present moment of the story. */
  public Instant now() {
    return now;
  }

  /** Time goes by. */
  public Histories later(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  /** Whatever happens. */
  public Histories add(Event event) {
    events.add(event);
    return this;
  }

  /** The stage is entered; the gates are known where it is. */
  public Histories entered(String name) {
    Stage stage = stage(name);
    boolean first =
        events.stream()
            .noneMatch(
                one ->
                    one instanceof Event.GatesRecorded recorded
                        && recorded.environment().equals(cell(stage)));
    add(new Event.StageEntered(now, name, stage.environments()));
    if (first) {
      gates = GateState.OFF;
      add(new Event.GatesRecorded(now, cell(stage), gates));
    }
    return this;
  }

  /** The marker is intended and confirmed. */
  public Histories marked(String environment) {
    add(new Event.MarkerIntended(now, environment, "User:42"));
    gates = MARKED;
    return add(new Event.MarkerConfirmed(now, environment, gates));
  }

  /** The only environment of a stage. */
  private static String cell(Stage stage) {
    return stage.environments().get(0);
  }

  /** The raise of a stage is intended. */
  public Histories intended(String name) {
    Stage stage = stage(name);
    GateState target = gates.with(Gate.PERCENTAGE_OF_ACTORS, stage.exposure());
    return add(new Event.ExposureIntended(now, name, cell(stage), stage.exposure(), gates, target));
  }

  /** The raise of a stage is intended and confirmed. */
  public Histories raised(String name) {
    intended(name);
    Stage stage = stage(name);
    gates = gates.with(Gate.PERCENTAGE_OF_ACTORS, stage.exposure());
    return add(new Event.ExposureConfirmed(now, name, cell(stage), stage.exposure(), gates, false));
  }

  /** Marked where it is the first, raised, and in force everywhere. */
  public Histories verified(String name) {
    Stage stage = stage(name);
    Duration propagation = plan.safety().propagation();
    if (gates.isOff()) {
      marked(cell(stage)).later(propagation);
    }
    raised(name).later(propagation);
    verifiedAt = now;
    look = 0;
    return add(new Event.StageVerified(now, name, stage.environments(), stage.exposure()));
  }

  /** The stage is done. */
  public Histories passed(String name) {
    Stage stage = stage(name);
    return add(new Event.StagePassed(now, name, stage.environments(), stage.exposure()));
  }

  /** So many looks, one after the other, with these findings. */
  public Histories looks(String name, int count, Finding... findings) {
    Looks looks = Looks.of(stage(name), verifiedAt, plan.judgement().lag());
    for (int i = 0; i < count; i++) {
      look++;
      now = looks.dueAt(look);
      add(new Event.Measured(now, name, look, now, List.of(measurement())));
      add(new Event.Judged(now, name, look, now, List.of(findings)));
    }
    return this;
  }

  /** A hold of this kind. */
  public Histories held(HoldKind kind, String reason) {
    return add(new Event.Held(now, kind, reason, kind == HoldKind.PERSON ? ANA : Actor.PROGRAM));
  }

  /** The guardrail failed in this stage of production. */
  public Histories rollback(String stage, String guardrail, String reason) {
    return add(
        new Event.RollbackDecided(
            now,
            Event.Cause.GUARDRAIL,
            stage,
            stage(stage).exposure(),
            List.of("production"),
            Optional.of(guardrail),
            reason,
            Optional.of(0.031),
            Optional.of(0.01)));
  }

  /** GitLab did not answer a request to switch off. */
  public Histories failedOff(String environment, String reason) {
    return add(
        new Event.AttemptFailed(
            now,
            environment,
            Attempt.SWITCH_OFF,
            Failure.UNKNOWN,
            reason,
            now.plus(Duration.ofSeconds(4))));
  }

  /** All events so far. */
  public List<Event> events() {
    return List.copyOf(events);
  }

  /** All events so far, as a journal gives them. */
  public History history() {
    return new History(ID, events);
  }

  /** What they add up to. */
  public RolloutState state() {
    return RolloutState.fold(events);
  }

  /** A look of a guardrail that proved it good. */
  public static Finding pass(String guardrail, double value, double limit) {
    return new Finding(
        guardrail,
        Verdict.Kind.PASS,
        value + ", limit " + limit,
        Optional.of(value),
        Optional.of(limit),
        false);
  }

  /** A look of a guardrail that is not good. */
  public static Finding finding(
      String guardrail, Verdict.Kind kind, String reason, double value, double limit) {
    return new Finding(
        guardrail,
        kind,
        reason,
        Optional.of(value),
        Optional.of(limit),
        kind == Verdict.Kind.FAIL || reason.startsWith("breach"));
  }

  /** A look that has no number. */
  public static Finding silent(String guardrail, Verdict.Kind kind, String reason) {
    return new Finding(guardrail, kind, reason, Optional.empty(), Optional.empty(), false);
  }

  /** Every guardrail of a production stage passes. */
  public static Finding[] allPass() {
    return new Finding[] {
      pass("grpc-errors", 0.0012, 0.01),
      pass("p99", 0.312, 0.5),
      pass("new-issues", 0, 0),
      pass("events", 1.1, 2),
      pass("exposure_check", 0.06, 0.55)
    };
  }

  /** The same with other findings in the place of those of the same name. */
  public static Finding[] allPassBut(Finding... others) {
    Finding[] findings = allPass();
    for (Finding other : others) {
      for (int i = 0; i < findings.length; i++) {
        findings[i] = findings[i].guardrail().equals(other.guardrail()) ? other : findings[i];
      }
    }
    return findings;
  }

  private Measurement measurement() {
    return new Measurement(
        "grpc-errors",
        new Window(now.minus(Duration.ofMinutes(6)), now.minus(Duration.ofMinutes(1))),
        true,
        Map.of(Role.ERRORS, new Reading.Value(12), Role.REQUESTS, new Reading.Value(10_000)));
  }

  private Stage stage(String name) {
    return plan.stages().get(plan.indexOf(name).orElseThrow());
  }

  /** A flag that stands at this percentage of actors, with our marker. */
  public static GateState gates(Exposure exposure) {
    return new GateState(
        false,
        new TreeSet<>(List.of("User:42")),
        new TreeSet<>(),
        exposure.share(),
        Percentage.ZERO,
        new TreeSet<>());
  }
}
