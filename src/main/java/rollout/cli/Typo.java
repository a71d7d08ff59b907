package rollout.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import rollout.config.Nearest;
import rollout.engine.SwitchOff;
import rollout.plan.FlagName;
import rollout.port.FlagView;

/**
 * A misspelt name: GitLab makes a new flag of it and says 201, while the right one stays on. Every
 * environment's list of flags is asked for just before the first {@code false}.
 */
final class Typo {
  private static final long PATIENCE_SECONDS = 5;
  private static final int NEAR = 3;

  private final FlagName flag;
  private final boolean known;
  private final List<Future<List<FlagView>>> lists = new ArrayList<>();

  /**
   * @param known whether the journal knows the flag: then it is no typo
   */
  Typo(FlagName flag, List<SwitchOff.Target> targets, ExecutorService pool, boolean known) {
    this.flag = flag;
    this.known = known;
    if (!known) {
      targets.forEach(target -> lists.add(pool.submit(() -> target.flags().list())));
    }
  }

  /** What is wrong with the name; empty when an environment had it before. */
  Optional<String> found() throws InterruptedException {
    List<FlagView> all = new ArrayList<>();
    for (Future<List<FlagView>> list : lists) {
      try {
        all.addAll(list.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      } catch (ExecutionException | TimeoutException unread) {
        return Optional.empty();
      }
    }
    boolean had = all.stream().anyMatch(view -> view.name().equals(flag.value()));
    return known || had ? Optional.empty() : Optional.of(words(all));
  }

  private String words(List<FlagView> all) {
    List<String> on =
        all.stream()
            .filter(view -> !view.gates().isOff())
            .filter(view -> isNear(view.name()))
            .map(view -> view.name() + " is " + view.gates())
            .distinct()
            .toList();
    return "GitLab did not know "
        + flag
        + " before: is the name right? "
        + (on.isEmpty()
            ? "Nothing with a similar name is on."
            : "On under similar names: " + String.join("; ", on) + ".");
  }

  private boolean isNear(String other) {
    return other.contains(flag.feature())
        || flag.value().contains(other)
        || Nearest.distance(flag.value(), other) <= NEAR;
  }
}
