package rollout.core;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which stage, and how far in it.
 *
 * @param stageIndex from 0; −1 before the first
 * @param limit the stage this rollout may not go past for now
 * @param confirmed when the present stage's exposure was confirmed, by environment
 * @param approvalAskedAt when a person was asked
 * @param approved a person said yes
 * @param promoted a person skipped the rest of the bake of the stage that is watched, which counts
 *     until the next one is verified
 * @param passed names of the stages that have passed
 */
public record Progress(
    Activity activity,
    int stageIndex,
    Optional<String> limit,
    Map<String, Instant> confirmed,
    Optional<Instant> approvalAskedAt,
    boolean approved,
    boolean promoted,
    Set<String> passed) {
  static final Progress BEGIN =
      new Progress(
          Activity.PREFLIGHT,
          -1,
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          false,
          false,
          Set.of());

  public Progress {
    confirmed = Collections.unmodifiableMap(new LinkedHashMap<>(confirmed));
    passed = Collections.unmodifiableSet(new LinkedHashSet<>(passed));
  }

  Progress entered(int index) {
    return new Progress(
        Activity.ENTERING, index, limit, Map.of(), Optional.empty(), false, promoted, passed);
  }

  Progress limitedTo(Optional<String> stage) {
    return new Progress(
        activity, stageIndex, stage, confirmed, approvalAskedAt, approved, promoted, passed);
  }

  /** When the present stage's exposure was first confirmed anywhere. */
  Optional<Instant> firstConfirmedAt() {
    return confirmed.values().stream().min(Instant::compareTo);
  }

  Progress confirmed(String environment, Instant at) {
    Map<String, Instant> more = new LinkedHashMap<>(confirmed);
    more.put(environment, at);
    return new Progress(
        activity, stageIndex, limit, more, approvalAskedAt, approved, promoted, passed);
  }

  Progress verified() {
    return new Progress(
        Activity.BAKING, stageIndex, limit, confirmed, approvalAskedAt, approved, false, passed);
  }

  Progress asked(Instant at) {
    return new Progress(
        Activity.AWAITING_APPROVAL,
        stageIndex,
        limit,
        confirmed,
        Optional.of(at),
        false,
        promoted,
        passed);
  }

  Progress withApproval() {
    return new Progress(
        activity, stageIndex, limit, confirmed, approvalAskedAt, true, promoted, passed);
  }

  Progress withPromotion() {
    return new Progress(
        activity, stageIndex, limit, confirmed, approvalAskedAt, approved, true, passed);
  }

  /** As if nobody had been asked, nothing skipped, and it had not passed. */
  Progress steppingBack(String stage) {
    Set<String> fewer = new LinkedHashSet<>(passed);
    fewer.remove(stage);
    return new Progress(
        Activity.STEPPING_BACK, stageIndex, limit, Map.of(), Optional.empty(), false, false, fewer);
  }

  /** Nobody was asked yet, nothing was skipped, and it has not passed: it bakes. */
  Progress bakingAgain(String stage) {
    Set<String> fewer = new LinkedHashSet<>(passed);
    fewer.remove(stage);
    return new Progress(
        Activity.BAKING, stageIndex, limit, confirmed, Optional.empty(), false, false, fewer);
  }

  Progress withoutPromotion() {
    return new Progress(
        activity, stageIndex, limit, confirmed, approvalAskedAt, approved, false, passed);
  }

  Progress passedStage(String stage) {
    Set<String> more = new LinkedHashSet<>(passed);
    more.add(stage);
    return new Progress(
        Activity.PASSED, stageIndex, limit, confirmed, approvalAskedAt, approved, promoted, more);
  }

  /** How far the present stage is. */
  public enum Activity {
    /** No stage was entered yet. */
    PREFLIGHT,
    /** Its exposure is not in force everywhere yet. */
    ENTERING,
    /** It is watched. */
    BAKING,
    /** It is clear, and a person is asked. */
    AWAITING_APPROVAL,
    /** It goes back to the exposure before it, and is judged there. */
    STEPPING_BACK,
    /** It has passed, and the next has not been entered. */
    PASSED
  }
}
