package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import rollout.plan.Environment;
import rollout.plan.ExposureCheck;
import rollout.plan.Plan;
import rollout.plan.Safety;
import rollout.plan.Source;
import rollout.plan.Stage;

/** What of a plan stays as it is while a rollout is under way. */
final class Fixed {
  private static final List<BiFunction<RolloutState, Input.Replan, Optional<String>>> RULES =
      List.of(
          Fixed::whySteppingBack,
          Fixed::whyIntentOpen,
          Fixed::whyStagesFixed,
          Fixed::whyLimitLost,
          Fixed::whyWritesFixed,
          Fixed::whyEnvironmentsFixed,
          Fixed::whySourcesFixed,
          Fixed::whyCalendarsFixed);

  private Fixed() {}

  /** Why this plan cannot replace the present one; empty when it can. */
  static Optional<String> whyTouched(RolloutState state, Input.Replan replan) {
    return RULES.stream().flatMap(rule -> rule.apply(state, replan).stream()).findFirst();
  }

  private static Optional<String> whySteppingBack(RolloutState state, Input.Replan replan) {
    return state
        .stepBack()
        .map(
            back ->
                "it is stepping back to "
                    + back.exposure()
                    + " to be judged there by the present plan, until "
                    + back.decidesBy().truncatedTo(ChronoUnit.SECONDS)
                    + " at the latest; try again after that");
  }

  /**
   * How long a write can be under way is part of the plan: a shorter time would unsettle one that
   * is, also one that GitLab did not answer and that was followed by another.
   */
  private static Optional<String> whyIntentOpen(RolloutState state, Input.Replan replan) {
    Safety was = state.plan().safety();
    boolean shorter = isShorter(replan.plan().safety(), was);
    return state.environments().values().stream()
        .filter(one -> one.intent().isPresent() || shorter || one.isOpen())
        .flatMap(one -> one.lastIntentAt().stream())
        .map(at -> at.plus(settles(was)))
        .max(Instant::compareTo)
        .filter(settled -> isIntentKept(state) || replan.at().isBefore(settled))
        .map(
            settled ->
                "a write of this rollout may still arrive until "
                    + settled.truncatedTo(ChronoUnit.SECONDS)
                    + ", or its outcome is not known yet; try again after that");
  }

  private static boolean isIntentKept(RolloutState state) {
    return state.environments().values().stream().anyMatch(one -> one.intent().isPresent());
  }

  private static boolean isShorter(Safety is, Safety was) {
    return settles(is).compareTo(settles(was)) < 0 || is.seal().compareTo(was.seal()) < 0;
  }

  private static Duration settles(Safety safety) {
    return safety.effectiveInFlight().plus(safety.propagation());
  }

  private static Optional<String> whyStagesFixed(RolloutState state, Input.Replan replan) {
    List<Stage> entered = state.plan().stages().subList(0, lastEntered(state) + 1);
    List<Stage> others = replan.plan().stages();
    for (int i = 0; i < entered.size(); i++) {
      Stage was = entered.get(i);
      if (i >= others.size() || !isSameRaise(was, others.get(i))) {
        return Optional.of(
            "stage "
                + was.name()
                + " was entered already: its name, place in the order, environment and exposure"
                + " stay as they are ("
                + was.exposure()
                + " of "
                + was.place()
                + ")");
      }
    }
    return Optional.empty();
  }

  /** After an adopted drift the stage that is watched may lie behind the present one. */
  private static int lastEntered(RolloutState state) {
    int watched = state.watch().flatMap(watch -> state.plan().indexOf(watch.stage())).orElse(-1);
    return Math.max(watched, state.progress().stageIndex());
  }

  private static boolean isSameRaise(Stage was, Stage is) {
    return was.name().equals(is.name())
        && was.environments().equals(is.environments())
        && was.exposure().equals(is.exposure());
  }

  private static Optional<String> whyLimitLost(RolloutState state, Input.Replan replan) {
    return state
        .progress()
        .limit()
        .filter(limit -> replan.plan().indexOf(limit).isEmpty())
        .map(
            limit ->
                "this rollout goes no further than stage "
                    + limit
                    + " for now, which the other plan does not have; lift that first with resume");
  }

  private static Optional<String> whyWritesFixed(RolloutState state, Input.Replan replan) {
    Safety was = state.plan().safety();
    Safety is = replan.plan().safety();
    String fixed = " cannot change while a rollout is under way: what was written depends on it";
    if (was.gate() != is.gate()) {
      return Optional.of("safety.gate" + fixed);
    }
    return was.marker() == is.marker() ? Optional.empty() : Optional.of("safety.marker" + fixed);
  }

  /** The process that drives has asked nobody else for incidents and freezes. */
  private static Optional<String> whyCalendarsFixed(RolloutState state, Input.Replan replan) {
    List<String> asked = state.plan().conditions().asked();
    return replan.plan().conditions().asked().stream()
        .filter(name -> !asked.contains(name))
        .findFirst()
        .map(
            name ->
                "the present plan asks nobody in "
                    + name
                    + " for incidents or freezes, and whoever drives this rollout has no"
                    + " connection for it");
  }

  private static Optional<String> whyEnvironmentsFixed(RolloutState state, Input.Replan replan) {
    Set<String> known = environmentsOf(state.plan());
    for (String name : environmentsOf(replan.plan())) {
      if (!known.contains(name)) {
        return Optional.of(noConnection("environment", name));
      }
      Environment was = state.plan().environment(name);
      if (!was.url().equals(replan.plan().environment(name).url())) {
        return Optional.of(otherAddress("environment", name));
      }
    }
    return state.touched().stream()
        .filter(name -> replan.plan().environments().stream().noneMatch(isCalled(name)))
        .findFirst()
        .map(name -> "this rollout wrote to environment " + name + ", so the plan must keep it");
  }

  private static Predicate<Environment> isCalled(String name) {
    return one -> one.name().equals(name);
  }

  private static Optional<String> whySourcesFixed(RolloutState state, Input.Replan replan) {
    Set<String> known = sourcesOf(state.plan());
    for (String name : sourcesOf(replan.plan())) {
      if (!known.contains(name)) {
        return Optional.of(noConnection("source", name));
      }
      if (!isSameServer(state.plan().source(name), replan.plan().source(name))) {
        return Optional.of(otherAddress("source", name));
      }
    }
    return Optional.empty();
  }

  private static boolean isSameServer(Source was, Source is) {
    boolean same = was.getClass() == is.getClass() && was.url().equals(is.url());
    return was instanceof Source.Sentry a && is instanceof Source.Sentry b
        ? same && a.organization().equals(b.organization())
        : same;
  }

  private static String noConnection(String what, String name) {
    return "no stage of the present plan uses "
        + what
        + " "
        + name
        + ", and whoever drives this rollout has no connection to it";
  }

  private static String otherAddress(String what, String name) {
    return what
        + " "
        + name
        + " is another server in the other plan, and whoever drives this rollout is connected to"
        + " the present one";
  }

  private static Set<String> environmentsOf(Plan plan) {
    Set<String> names = new LinkedHashSet<>();
    plan.stages().forEach(stage -> names.addAll(stage.environments()));
    return names;
  }

  private static Set<String> sourcesOf(Plan plan) {
    Set<String> names = new LinkedHashSet<>();
    plan.stages().stream()
        .flatMap(stage -> stage.guardrails().stream())
        .forEach(name -> names.add(plan.guardrail(name).source()));
    plan.exposureCheck().map(ExposureCheck::source).ifPresent(names::add);
    return names;
  }
}
