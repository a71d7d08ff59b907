package rollout.judge;

import java.util.Optional;
import rollout.plan.Role;

/** Whether a reading is a number that can be judged, and what it means when it is not. */
final class Evidence {
  private static final String WARMING_UP = "warming up: ";

  private Evidence() {}

  /** The verdict on a measurement whose window was empty and asked nothing. */
  static Optional<Verdict> unasked(Measurement measurement) {
    return measurement.readings().isEmpty()
        ? Optional.of(noData("no part of the stage is old enough to be measured yet", measurement))
        : Optional.empty();
  }

  /** Why this role's reading is no number; empty when it is a finite one. */
  static Optional<Verdict> flaw(Role role, Measurement measurement) {
    Reading reading = measurement.readings().get(role);
    if (reading instanceof Reading.Value value) {
      return numberFlaw(role, value.value(), measurement);
    }
    if (reading instanceof Reading.NoData none) {
      return Optional.of(noData(name(role) + ": " + none.reason(), measurement));
    }
    return Optional.of(unusable(role, reading, measurement));
  }

  /** The same for something that is counted: below zero is no count. */
  static Optional<Verdict> countFlaw(Role role, Measurement measurement) {
    return flaw(role, measurement)
        .or(() -> negative(name(role), number(role, measurement), measurement));
  }

  /** What makes a number no count, if anything: {@code what} names it. */
  static Optional<Verdict> negative(String what, double value, Measurement measurement) {
    return value < 0
        ? Optional.of(
            error(
                what
                    + " came back as "
                    + Figures.number(value)
                    + ", and nothing can happen less"
                    + " than never; look at the query",
                measurement))
        : Optional.empty();
  }

  /** The number of a role without a flaw. */
  static double number(Role role, Measurement measurement) {
    return ((Reading.Value) measurement.readings().get(role)).value();
  }

  /** Whether the source answered this role's question with nothing. */
  static boolean isEmpty(Role role, Measurement measurement) {
    return measurement.readings().get(role) instanceof Reading.NoData;
  }

  /** The worse of two flaws; the first where they are alike. */
  static Optional<Verdict> worst(Optional<Verdict> a, Optional<Verdict> b) {
    return a.isPresent() && b.isPresent()
        ? Optional.of(Verdict.worst(a.get(), b.get()))
        : a.or(() -> b);
  }

  /** Nothing, or too little; called warming up until a full window lies inside the stage. */
  static Verdict noData(String reason, Measurement measurement) {
    String words = measurement.full() ? reason : WARMING_UP + reason;
    return Verdict.of(Verdict.Kind.NO_DATA, words, measurement);
  }

  /** The source spoke, but of too little to be judged; the number is shown all the same. */
  static Verdict tooLittle(String reason, double value, double limit, Measurement measurement) {
    Verdict silent = noData(reason, measurement);
    return new Verdict(
        silent.kind(),
        silent.reason(),
        Optional.of(value),
        Optional.of(limit),
        false,
        silent.evidence());
  }

  /** The source's or the query's fault. */
  static Verdict error(String reason, Measurement measurement) {
    return Verdict.of(Verdict.Kind.ERROR, reason, measurement);
  }

  /** What a reading means that can never be judged as one number. */
  static Verdict unusable(Role role, Reading reading, Measurement measurement) {
    if (reading instanceof Reading.Unavailable unavailable) {
      return error(unavailable.reason(), measurement);
    }
    if (reading instanceof Reading.Partial partial) {
      return Verdict.of(
          Verdict.Kind.INCONCLUSIVE, name(role) + ": " + partial.reason(), measurement);
    }
    return error(
        name(role)
            + ": the source's answer is not of the kind this guardrail can judge; look at"
            + " the query",
        measurement);
  }

  /** What makes a number unfit to be judged, if anything. */
  static Optional<Verdict> numberFlaw(Role role, double value, Measurement measurement) {
    if (Double.isNaN(value)) {
      return Optional.of(
          noData(name(role) + ": NaN, a division of nothing by nothing", measurement));
    }
    if (Double.isInfinite(value)) {
      return Optional.of(
          error(name(role) + ": infinite, a division by zero; look at the query", measurement));
    }
    return Optional.empty();
  }

  private static String name(Role role) {
    return role.name().toLowerCase(java.util.Locale.ROOT);
  }
}
