package rollout.report;

import java.time.Duration;
import java.util.Optional;
import rollout.core.Foreseen;
import rollout.plan.Durations;

/** What one guardrail could see in one stage, in words. */
final class OutlookWords {
  private OutlookWords() {}

  /** {@code errors: 432,000 requests, 0.05% fail now; finds ×1.6 by the end, ×2 in 40m, …}. */
  static String of(Foreseen one) {
    return one.guardrail()
        + ": "
        + Numbers.text(Math.rint(one.requests()), Numbers.Unit.PLAIN)
        + " requests expected, "
        + Numbers.text(one.errorRate(), Numbers.Unit.SHARE)
        + " failed last week; "
        + one.ratio()
            .map(ratio -> "finds ×" + ratio(ratio) + " and more by the end of the bake")
            .orElse("finds no harm in this bake")
        + ", "
        + time("×2", one.twice())
        + ", "
        + time("×5", one.fivefold());
  }

  /** Two digits, rounded up: less is not promised. */
  private static String ratio(double ratio) {
    return ratio < 10 ? Numbers.plain(Math.ceil(ratio * 10) / 10) : Numbers.plain(Math.ceil(ratio));
  }

  private static String time(String ratio, Optional<Duration> time) {
    return ratio + time.map(found -> " in " + Durations.words(found)).orElse(" not at all");
  }
}
