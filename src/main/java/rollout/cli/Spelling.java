package rollout.cli;

import java.util.List;
import java.util.Optional;
import rollout.config.Nearest;
import rollout.plan.FlagName;
import rollout.port.FlagView;

/**
 * What GitLab's lists of flags say about a name that no journal knows. A misspelt name makes a new
 * flag, is answered with 201, and leaves the right one on.
 */
final class Spelling {
  private static final int NEAR = 3;
  private static final int A_SLIP = 2;

  private final FlagName flag;

  Spelling(FlagName flag) {
    this.flag = flag;
  }

  /**
   * Why the name seems wrong; empty when GitLab had it before.
   *
   * @param listed the flags of every environment, read beside the first {@code false}
   */
  Optional<String> doubt(List<FlagView> listed) {
    return hadIt(listed) ? Optional.empty() : Optional.of(words(listed));
  }

  /**
   * Whether the flag was there before us. GitLab's code defines it, or it is listed with something
   * on: it was. Listed with nothing on, it may be what we have just made: then it counts as there
   * unless a name that is one slip away is on.
   */
  private boolean hadIt(List<FlagView> listed) {
    List<FlagView> ours = listed.stream().filter(this::isOurs).toList();
    boolean sure = ours.stream().anyMatch(view -> view.defined() || !view.gates().isOff());
    boolean slip = listed.stream().anyMatch(view -> isOn(view) && distance(view) <= A_SLIP);
    return sure || !ours.isEmpty() && !slip;
  }

  private String words(List<FlagView> listed) {
    List<String> on =
        listed.stream()
            .filter(view -> isOn(view) && isNear(view))
            .map(view -> view.name() + " is " + view.gates())
            .distinct()
            .toList();
    return "GitLab seems not to have known "
        + flag
        + " before: is the name right? "
        + (on.isEmpty()
            ? "Nothing with a similar name is on; if it is right, it was never switched on there."
            : "ON under similar names: " + String.join("; ", on) + ".");
  }

  private boolean isOurs(FlagView view) {
    return view.name().equals(flag.value());
  }

  private boolean isOn(FlagView view) {
    return !isOurs(view) && !view.gates().isOff();
  }

  private boolean isNear(FlagView other) {
    return other.name().contains(flag.feature())
        || flag.value().contains(other.name())
        || distance(other) <= NEAR;
  }

  private int distance(FlagView other) {
    return Nearest.distance(flag.value(), other.name());
  }
}
