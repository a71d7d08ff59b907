package rollout.judge;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import rollout.plan.Role;
import rollout.plan.Window;

/**
 * What one guardrail's source said in one look.
 *
 * @param guardrail its name, or {@link rollout.plan.ExposureCheck#NAME}
 * @param environment where; empty in journals from before stages could have several
 * @param window the stretch of time it covers; empty while the lag reaches back before the stage
 * @param full whether the whole window of the guardrail lies inside the stage; a shorter one is
 *     warming up
 * @param readings one for each question; none when the window is empty
 */
public record Measurement(
    String guardrail,
    Optional<String> environment,
    Window window,
    boolean full,
    Map<Role, Reading> readings) {
  /** One whose environment is not told, because its stage has only one. */
  public Measurement(String guardrail, Window window, boolean full, Map<Role, Reading> readings) {
    this(guardrail, Optional.empty(), window, full, readings);
  }

  public Measurement {
    readings = java.util.Collections.unmodifiableMap(new TreeMap<>(readings));
  }
}
