package rollout.port;

import java.util.List;
import rollout.judge.sequential.Arm;

/**
 * One recorded rollout: what was known before, and what each look counted.
 *
 * @param id what its line in the answer is called
 * @param stages as planned, in order
 * @param week the service before the rollout, 7 days in steps of half an hour up to second 0; empty
 *     when it is not known
 * @param reference the same of a sibling that the flag does not touch; empty without one
 * @param recent the service in the last hours before the rollout, in steps of a minute
 * @param watchesIssues whether users of new issues were counted, too
 * @param looks in the order they were taken
 */
public record Trace(
    String id,
    List<Stage> stages,
    List<Arm> week,
    List<Arm> reference,
    List<Arm> recent,
    boolean watchesIssues,
    List<Look> looks) {
  public Trace {
    stages = List.copyOf(stages);
    week = List.copyOf(week);
    reference = List.copyOf(reference);
    recent = List.copyOf(recent);
    looks = List.copyOf(looks);
  }

  /**
   * A planned stage.
   *
   * @param percent of those asked who see the flag; over 0, 100 at most
   * @param seconds how long it was to last
   * @param interval seconds between two looks
   */
  public record Stage(double percent, double seconds, double interval) {}

  /**
   * What one look counted. What is missing is {@link Arm#MISSING} or has a number that is none.
   *
   * @param at seconds since the rollout began
   * @param stage its place in {@link Trace#stages}
   * @param treatedIssues users who hit an issue new since the start, with the flag
   * @param controlIssues the same without it
   */
  public record Look(
      double at,
      int stage,
      Arm treated,
      Arm control,
      Arm reference,
      double treatedIssues,
      double controlIssues) {}
}
