package rollout.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What must be so before exposure rises, asked anew before every raise. Taking back heeds none of
 * it.
 *
 * @param windows when exposure may rise, by environment; one that is not listed is always open
 * @param incidents open ones hold raises of every environment
 * @param freeze while it is in force, raises of every environment are held
 */
public record RaiseConditions(
    Map<String, OpenHours> windows, Optional<Incidents> incidents, Optional<Freeze> freeze) {
  /** A raise may come at any time. */
  public static final RaiseConditions NONE =
      new RaiseConditions(Map.of(), Optional.empty(), Optional.empty());

  /**
   * The incidents that count.
   *
   * @param environment whose GitLab is asked
   * @param project the path of the project with them
   * @param labels an open issue with any of them counts; none = every open issue of type incident
   */
  public record Incidents(String environment, String project, List<String> labels) {
    public Incidents {
      labels = List.copyOf(labels);
    }

    /** Such as {@code open incidents of infra/production with any of severity::1}. */
    @Override
    public String toString() {
      String which = labels.isEmpty() ? "" : " with any of " + String.join(", ", labels);
      return "open incidents of " + project + " in " + environment + which;
    }
  }

  /**
   * The deploy freezes that count.
   *
   * @param environment whose GitLab is asked
   * @param project the path of the project with the freeze periods
   */
  public record Freeze(String environment, String project) {
    /** Such as {@code freezes of gitlab-org/gitlab in production}. */
    @Override
    public String toString() {
      return "freezes of " + project + " in " + environment;
    }
  }

  public RaiseConditions {
    windows = Collections.unmodifiableMap(new LinkedHashMap<>(windows));
  }

  /** Whether a GitLab has to be asked before a raise. */
  public boolean needCalendar() {
    return incidents.isPresent() || freeze.isPresent();
  }

  /** The environments whose GitLab is asked. */
  public List<String> asked() {
    return Stream.concat(
            incidents.stream().map(Incidents::environment),
            freeze.stream().map(Freeze::environment))
        .distinct()
        .toList();
  }

  /** When a raise may come to this environment; always, unless the plan says otherwise. */
  public OpenHours window(String environment) {
    return windows.getOrDefault(environment, OpenHours.ALWAYS);
  }
}
