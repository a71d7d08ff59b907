package rollout.plan.diff;

import java.util.List;
import java.util.Optional;
import rollout.plan.ExposureCheck;
import rollout.plan.Plan;

/** The check of the share that is really served. */
final class ExposureCheckChanges {
  private static final String SUBJECT = ExposureCheck.NAME;

  private static final List<Key<ExposureCheck, ?>> KEYS =
      List.of(
          Key.asked("source", ExposureCheck::source),
          Key.asked("query", ExposureCheck::query),
          Key.duration("window", ExposureCheck::window, Loosening.always()),
          Key.number("tolerate", ExposureCheck::tolerate, Loosening.ifLarger()));

  private ExposureCheckChanges() {}

  static List<Change> between(Plan before, Plan after) {
    Optional<ExposureCheck> was = before.exposureCheck();
    Optional<ExposureCheck> is = after.exposureCheck();
    if (was.isPresent() && is.isPresent()) {
      return Key.between(SUBJECT, KEYS, was.get(), is.get());
    } else if (was.isPresent()) {
      return List.of(new Change(SUBJECT + " is gone", true));
    }
    return is.map(one -> List.of(new Change(SUBJECT + " is new", false))).orElse(List.of());
  }
}
