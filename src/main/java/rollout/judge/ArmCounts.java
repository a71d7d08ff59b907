package rollout.judge;

import java.util.Locale;
import java.util.Optional;
import rollout.judge.sequential.Arm;
import rollout.plan.Role;

/** What one look of a comparison counted on one side, or why that counts for nothing. */
final class ArmCounts {
  private ArmCounts() {}

  /**
   * A side that is counted by two queries.
   *
   * @param whose for people: {@code with the flag on}
   * @return the arm, or what is wrong with it
   */
  static Counted of(Role errors, Role requests, String whose, Measurement measurement) {
    Optional<Verdict> flaw = Evidence.flaw(requests, measurement);
    Optional<Verdict> silent = Optional.empty();
    boolean none = Evidence.isEmpty(errors, measurement);
    if (!none) {
      silent = Evidence.flaw(errors, measurement);
    }
    Optional<Verdict> worst = Evidence.worst(flaw, silent);
    if (worst.isPresent()) {
      return new Counted(Arm.MISSING, worst);
    }
    // A healthy service has no error series: the requests prove that the source speaks.
    double failed = none ? 0 : Evidence.number(errors, measurement);
    return sound(
        new Arm(failed, Evidence.number(requests, measurement)), whose, errors, measurement);
  }

  /** One side of a split that one query answered. */
  static Counted of(Reading.Counts counts, String whose, Measurement measurement) {
    return Evidence.numberFlaw(Role.SPLIT, counts.errors() + counts.requests(), measurement)
        .map(flaw -> new Counted(Arm.MISSING, Optional.of(flaw)))
        .orElseGet(
            () ->
                sound(new Arm(counts.errors(), counts.requests()), whose, Role.SPLIT, measurement));
  }

  private static Counted sound(Arm arm, String whose, Role role, Measurement measurement) {
    if (!arm.isSound()) {
      String counter = role.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      String reason = counter + " went down: a counter restarted, and this look counts nothing";
      return new Counted(
          Arm.MISSING, Optional.of(Verdict.of(Verdict.Kind.INCONCLUSIVE, reason, measurement)));
    }
    if (arm.requests() == 0) {
      Verdict nobody = Evidence.noData("no requests " + whose, measurement);
      return new Counted(Arm.MISSING, Optional.of(nobody));
    }
    return new Counted(arm, Optional.empty());
  }

  /**
   * One side.
   *
   * @param arm missing when there is a flaw
   */
  record Counted(Arm arm, Optional<Verdict> flaw) {
    static final Counted NONE = new Counted(Arm.MISSING, Optional.empty());
  }
}
