package rollout.config;

import java.time.Duration;
import rollout.plan.Durations;
import rollout.plan.Gate;
import rollout.plan.Origin;
import rollout.plan.Plan;
import rollout.plan.Safety;

/** Warns of settings that take less care than GitLab and the sources need. */
final class SettingsLint {
  static final String LAG = "the newest data of a look would be incomplete";

  private final Spec file;
  private final Plan plan;
  private final Problems problems;

  SettingsLint(Spec file, Plan plan, Problems problems) {
    this.file = file;
    this.plan = plan;
    this.problems = problems;
  }

  void check() {
    Spec safety = file.section("safety");
    zero(file.section("judgement"), "lag", LAG, problems);
    zero(safety, "seal", "a late request could switch the flag on again", problems);
    zero(safety, "propagation", "GitLab's processes follow a write within 60s", problems);
    if (plan.safety().gate() == Gate.PERCENTAGE_OF_TIME) {
      problems.warning(
          safety.originOf("gate"),
          "percentage_of_time tosses a coin at every check, so one request may see both sides;"
              + " use percentage_of_actors");
    }
    inFlight(safety);
  }

  private void inFlight(Spec safety) {
    Duration effective = plan.safety().effectiveInFlight();
    if (effective.compareTo(Safety.LONGEST_IN_FLIGHT) >= 0) {
      return;
    }
    boolean given = safety.has("in_flight");
    Origin origin = given ? safety.originOf("in_flight") : safety.origin();
    problems.warning(
        origin,
        "in_flight is "
            + Durations.format(effective)
            + (given ? "" : " (from lease, seal and propagation)")
            + ", but GitLab may hold a request for 210s");
  }

  static void zero(Spec section, String key, String why, Problems problems) {
    section
        .duration(key)
        .filter(Duration::isZero)
        .ifPresent(zero -> problems.warning(section.originOf(key), key + " is 0s: " + why));
  }
}
