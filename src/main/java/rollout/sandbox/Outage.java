package rollout.sandbox;

import java.time.Duration;
import java.time.Instant;
import rollout.plan.Plan;

/** The stretch in which the scenario lets no source of evidence answer. */
final class Outage {
  private final Duration length;
  private final World world;

  /** Longer than the plan's {@code max_gap}, so that the hold for want of evidence is seen. */
  Outage(Plan plan, World world) {
    this.length = plan.judgement().maxGap().multipliedBy(4).dividedBy(3);
    this.world = world;
  }

  /** Whether it is on, from the scenario's stage on until it has lasted long enough. */
  boolean isOn(Instant now) {
    return world.scenario().kind() == Scenario.Kind.OUTAGE
        && world
            .onset()
            .filter(from -> !now.isBefore(from) && now.isBefore(from.plus(length)))
            .isPresent();
  }
}
