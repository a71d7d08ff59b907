package rollout.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import rollout.config.Nearest;
import rollout.engine.SwitchOff;
import rollout.plan.FlagName;
import rollout.port.FlagView;
import rollout.port.PortException;

/**
 * A misspelt name: GitLab makes a new flag of it and says 201, while the right one stays on. Every
 * environment's list of flags is read beside the first {@code false}, which never waits for it; the
 * list may be from before or from after it.
 */
final class Typo {
  private static final long PATIENCE_SECONDS = 5;
  private static final int NEAR = 3;
  private static final int A_SLIP = 2;

  /** The first {@code false} goes out before anything else is asked. */
  private static final long HEAD_START_NANOS = 10_000_000;

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
      targets.forEach(target -> lists.add(pool.submit(() -> list(target))));
    }
  }

  private static List<FlagView> list(SwitchOff.Target target) throws PortException {
    LockSupport.parkNanos(HEAD_START_NANOS);
    return target.flags().list();
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
    return known || hadIt(all) ? Optional.empty() : Optional.of(words(all));
  }

  /**
   * Whether the flag was there before us. Listed with something on, it was; listed with nothing on,
   * it may be what we have just made: then it counts as there unless a name that is one slip away
   * is on.
   */
  private boolean hadIt(List<FlagView> all) {
    List<FlagView> ours = all.stream().filter(view -> view.name().equals(flag.value())).toList();
    boolean wasOn = ours.stream().anyMatch(view -> !view.gates().isOff());
    boolean slip =
        all.stream()
            .filter(view -> !view.gates().isOff())
            .anyMatch(view -> Nearest.distance(flag.value(), view.name()) <= A_SLIP);
    return wasOn || !ours.isEmpty() && !slip;
  }

  private String words(List<FlagView> all) {
    List<String> on =
        all.stream()
            .filter(view -> !view.gates().isOff())
            .filter(view -> isNear(view.name()))
            .map(view -> view.name() + " is " + view.gates())
            .distinct()
            .toList();
    return "GitLab seems not to have known "
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
