package rollout.report;

import rollout.judge.sequential.Arm;
import rollout.judge.sequential.Past;
import rollout.plan.Check;
import rollout.plan.Stage;

/** Comparisons in words. */
final class CompareText {
  private CompareText() {}

  /** {@code errors likelier than ×1.1 those without the flag}. */
  static String limit(Check.Compare compare, Stage stage) {
    String tolerated = "×" + plain(compare.toleratedAt(stage.exposure()));
    if (compare.isControlledAt(stage.exposure())) {
      return "errors likelier than " + tolerated + " those with the flag off";
    }
    String beside = compare.arms().hasReference() ? "those of the reference" : "a week before";
    return "errors likelier than "
        + tolerated
        + " "
        + beside
        + ", nobody being left to compare with ("
        + Json.word(compare.withoutControl()).replace('_', '-')
        + ")";
  }

  /** {@code the week before had 1,200,000 requests, 0.31% errors (φ 1.2)}. */
  static String past(Past past) {
    if (!past.knowsHistory()) {
      return "the source knows no week before";
    }
    Arm week = past.week().stream().filter(Arm::isSound).reduce(Arm.NOTHING, Arm::plus);
    return "the week before had "
        + plain(week.requests())
        + " requests, "
        + Numbers.text(week.errors() / week.requests(), Numbers.Unit.SHARE)
        + " errors (φ "
        + plain(past.dispersion())
        + ")";
  }

  private static String plain(double number) {
    return Numbers.text(number, Numbers.Unit.PLAIN);
  }
}
