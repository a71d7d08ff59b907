package rollout.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import rollout.core.Backoff;
import rollout.engine.SwitchOff.Target;
import rollout.plan.FlagName;
import rollout.port.FlagView;
import rollout.port.PortException;
import rollout.port.Waiter;

/**
 * Reads every environment's list of flags beside the first {@code false}, which never waits for it,
 * and says at once what is wrong with the name. GitLab's list is up to a minute old, so it mostly
 * shows what was before us, whichever of the two arrives first.
 */
final class SpellingCheck {
  /** The first {@code false} goes out before anything else is asked. */
  private static final Duration HEAD_START = Duration.ofMillis(10);

  private static final int ATTEMPTS = 4;
  private static final long PATIENCE_SECONDS = 5;

  private final FlagName flag;
  private final InstantSource clock;
  private final BooleanSupplier known;
  private final Consumer<String> say;
  private final CompletableFuture<Boolean> doubtful = new CompletableFuture<>();

  /**
   * @param known whether the journal knows the flag: then it is no typo
   * @param say where doubts go
   */
  SpellingCheck(FlagName flag, InstantSource clock, BooleanSupplier known, Consumer<String> say) {
    this.flag = flag;
    this.clock = clock;
    this.known = known;
    this.say = say;
  }

  /** Begins to read, on threads of its own. */
  void begin(List<Target> targets, ExecutorService pool) {
    List<CompletableFuture<Optional<List<FlagView>>>> lists =
        targets.stream()
            .map(target -> CompletableFuture.supplyAsync(() -> list(target), pool))
            .toList();
    CompletableFuture.allOf(lists.toArray(CompletableFuture<?>[]::new))
        .thenRun(() -> judge(lists.stream().map(CompletableFuture::join).toList()))
        .whenComplete((done, bug) -> doubtful.complete(false));
  }

  /**
   * Whether the name seems wrong. What could not be found out in time is said and is no doubt: a
   * flag of this name is off.
   */
  boolean isDoubtful() throws InterruptedException {
    try {
      return doubtful.get(PATIENCE_SECONDS, TimeUnit.SECONDS) && !known.getAsBoolean();
    } catch (TimeoutException silent) {
      unchecked();
    } catch (ExecutionException never) {
      throw new AssertionError(never);
    }
    return false;
  }

  private void judge(List<Optional<List<FlagView>>> lists) {
    List<FlagView> all = lists.stream().flatMap(Optional::stream).flatMap(List::stream).toList();
    Optional<String> doubt = new Spelling(flag).doubt(all);
    boolean complete = lists.stream().allMatch(Optional::isPresent);
    if (known.getAsBoolean() || doubt.isEmpty()) {
      return;
    }
    if (complete) {
      say.accept(doubt.get());
      doubtful.complete(true);
    } else {
      unchecked();
    }
  }

  private void unchecked() {
    if (!known.getAsBoolean()) {
      say.accept(
          "Could not check the spelling of "
              + flag
              + ": GitLab's list of flags could not be read. Is the name right?");
    }
  }

  /** The list; empty when GitLab did not give it, however often it was asked. */
  private Optional<List<FlagView>> list(Target target) {
    try {
      pause(clock.instant().plus(HEAD_START));
      for (int failures = 0; failures < ATTEMPTS; failures++) {
        try {
          return Optional.of(withDefinition(target));
        } catch (PortException unread) {
          pause(Backoff.next(clock.instant(), failures, unread.retryAfter(), flag.value()));
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private void pause(Instant until) throws InterruptedException {
    Waiter waiter = new ClockWaiter(clock);
    while (clock.instant().isBefore(until)) {
      waiter.awaitUntil(until);
    }
  }

  /** A flag that is not in the list may have a definition all the same. */
  private List<FlagView> withDefinition(Target target) throws PortException {
    List<FlagView> list = target.flags().list();
    boolean listed = list.stream().anyMatch(view -> view.name().equals(flag.value()));
    if (listed || flag.isGitaly()) {
      return list;
    }
    FlagView alone = target.flags().read(flag);
    return alone.defined() ? Stream.concat(list.stream(), Stream.of(alone)).toList() : list;
  }
}
