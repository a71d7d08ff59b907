package rollout.core;

import java.time.Instant;
import java.util.List;
import rollout.plan.Question;
import rollout.plan.Window;

/**
 * One round of measurements that is due.
 *
 * @param number its number in the stage, from 1
 * @param dueAt the moment it stands for, which may be long past
 * @param inquiries one for each guardrail of the stage and each of its environments
 */
public record Look(long number, Instant dueAt, List<Inquiry> inquiries) {
  public Look {
    inquiries = List.copyOf(inquiries);
  }

  /**
   * What one guardrail asks of one environment in this look.
   *
   * @param window the stretch of time the look covers
   * @param full whether the whole window lies inside the stage
   * @param questions none when the window is empty
   */
  public record Inquiry(
      String guardrail, String environment, Window window, boolean full, List<Question> questions) {
    public Inquiry {
      questions = List.copyOf(questions);
    }
  }
}
