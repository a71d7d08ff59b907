package rollout.testing;

import static rollout.testing.Histories.allPass;
import static rollout.testing.Histories.allPassBut;
import static rollout.testing.Histories.baking;
import static rollout.testing.Histories.finding;
import static rollout.testing.Histories.silent;
import static rollout.testing.Histories.started;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import rollout.core.Actor;
import rollout.core.Attempt;
import rollout.core.Event;
import rollout.core.Failure;
import rollout.core.Finding;
import rollout.core.HoldKind;
import rollout.judge.Verdict;

/** The moments of a rollout that every view must be able to show. */
public enum Scenes {
  JUST_STARTED(Histories::started),
  ENTERING(() -> started().entered("dev").marked("dev")),
  RAISING(
      () ->
          baking("staging")
              .passed("staging")
              .entered("low")
              .marked("production")
              .later(Duration.ofSeconds(65))
              .intended("low")
              .add(unknownRaise())),
  UNGUARDED(() -> baking("dev").later(Duration.ofMinutes(4))),
  BAKING(() -> baking("low").looks("low", 53, allPass())),
  PENDING_BREACH(() -> baking("low").looks("low", 52, allPass()).looks("low", 1, breach(1))),
  EVIDENCE_HOLD(
      () ->
          baking("mid")
              .looks("mid", 30, allPass())
              .looks("mid", 16, outage())
              .held(
                  HoldKind.EVIDENCE,
                  "p99 has had no conclusive look since 2026-11-22T17:05:00Z: "
                      + "Prometheus did not answer within 10 s")),
  AWAITING_WINDOW(
      () ->
          baking("low")
              .looks("low", 120, allPass())
              .passed("low")
              .entered("mid")
              .held(
                  HoldKind.WINDOW,
                  "the window of production (mon, tue, wed, thu 07:00-15:00 UTC) opens at"
                      + " 2026-11-23T07:00:00Z")),
  INCIDENT_HOLD(
      () ->
          baking("low")
              .looks("low", 120, allPass())
              .passed("low")
              .entered("mid")
              .held(
                  HoldKind.INCIDENT,
                  "incident gitlab-com/gl-infra/production#7 is open: \"Errors on \u202E git\""
                      + " (severity::1), https://gitlab.com/gitlab-com/gl-infra/production/-/issues/7")),
  HELD_BY_PERSON(
      () ->
          baking("low")
              .looks("low", 10, allPass())
              .held(HoldKind.PERSON, "waiting for the database team")),
  AT_LIMIT(
      () ->
          baking("low")
              .looks("low", 120, allPass())
              .passed("low")
              .held(HoldKind.LIMIT, "waiting for stage mid")),
  AWAITING_APPROVAL(() -> baking("staging").looks("staging", 60, allPass()).add(asked())),
  NEXT_STAGE_ENTERING(
      () -> baking("low").looks("low", 120, allPass()).passed("low").entered("mid").raised("mid")),
  ROLLING_BACK(
      () ->
          rolledBack()
              .failedOff(
                  "production",
                  "POST https://gitlab.com/api/v4/features/gitaly_commit_stats: 502 Bad Gateway, an HTML page; "
                      + "it is asked again")),
  SEALING(() -> rolledBack().later(Duration.ofSeconds(1)).add(off())),
  ROLLED_BACK(Scenes::sealed),
  ABORTED(() -> aborted()),
  COMPLETED(() -> baking("full").later(Duration.ofDays(7)).passed("full").add(completed()));

  private static final String REASON =
      "grpc-errors: 3.1% errors (310 of 10,000 requests), limit 1% over 5m, 3 looks in a row";

  private final Supplier<Histories> story;

  Scenes(Supplier<Histories> story) {
    this.story = story;
  }

  /** The history up to this moment. */
  public Histories tell() {
    return story.get();
  }

  private static Finding[] breach(int looks) {
    String reason = "breach " + looks + " of 3: 0.61, limit 0.5";
    return allPassBut(finding("p99", Verdict.Kind.INCONCLUSIVE, reason, 0.61, 0.5));
  }

  private static Finding[] outage() {
    return allPassBut(
        silent("p99", Verdict.Kind.ERROR, "Prometheus did not answer within 10 s"),
        silent("grpc-errors", Verdict.Kind.ERROR, "Prometheus did not answer within 10 s"));
  }

  private static Histories rolledBack() {
    Finding fail = finding("grpc-errors", Verdict.Kind.FAIL, "3.1% errors, limit 1%", 0.031, 0.01);
    return baking("low")
        .looks("low", 52, allPass())
        .looks("low", 3, allPassBut(fail))
        .rollback("low", "grpc-errors", REASON);
  }

  private static Event off() {
    return new Event.SwitchedOff(rolledBack().now().plusSeconds(1), "production");
  }

  private static Histories sealed() {
    Histories told = rolledBack().later(Duration.ofSeconds(1)).add(off());
    told.later(Duration.ofSeconds(300)).add(new Event.SwitchedOff(told.now(), "production"));
    told.later(Duration.ofSeconds(75)).add(new Event.Sealed(told.now(), "production"));
    return told.add(new Event.RolledBack(told.now(), REASON));
  }

  private static Histories aborted() {
    Histories told = baking("low").looks("low", 3, allPass());
    List<String> everywhere = List.of("dev", "staging", "production");
    Actor bo = new Actor("bo", "https://gitlab.com/jobs/7");
    told.add(new Event.AbortRequested(told.now(), everywhere, bo, Optional.of("on-call says so")));
    for (String environment : everywhere) {
      told.add(new Event.SwitchedOff(told.now(), environment));
    }
    told.later(Duration.ofSeconds(65));
    for (String environment : everywhere) {
      told.add(new Event.SwitchedOff(told.now(), environment));
    }
    told.later(Duration.ofSeconds(75));
    for (String environment : everywhere) {
      told.add(new Event.Sealed(told.now(), environment));
    }
    return told.add(new Event.Aborted(told.now(), "aborted by " + bo + ": on-call says so"));
  }

  private static Event asked() {
    Histories told = baking("staging").looks("staging", 60, allPass());
    return new Event.ApprovalAsked(told.now(), "staging", "Tested on staging.gitlab.com");
  }

  private static Event unknownRaise() {
    Histories told = baking("staging").later(Duration.ofSeconds(66));
    return new Event.AttemptFailed(
        told.now(),
        "production",
        Attempt.RAISE,
        Failure.UNKNOWN,
        "POST https://gitlab.com/api/v4/features/gitaly_commit_stats: no answer within 15 s",
        told.now().plusSeconds(20));
  }

  private static Event completed() {
    return new Event.Completed(baking("full").later(Duration.ofDays(7)).now());
  }
}
