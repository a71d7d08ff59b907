package rollout.testing;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.core.Obstacle;
import rollout.port.Calendar;
import rollout.port.PortException;

/** A calendar without a server. Projects that were never shown cannot be seen. */
public final class FakeCalendar implements Calendar {
  private final Map<String, Map<Long, List<String>>> issues = new LinkedHashMap<>();
  private final Map<String, Map<Long, Instant>> freezes = new LinkedHashMap<>();
  private Optional<PortException> next = Optional.empty();

  /** From now on this project can be seen. */
  public void show(String project) {
    issues.computeIfAbsent(project, path -> new LinkedHashMap<>());
    freezes.computeIfAbsent(project, path -> new LinkedHashMap<>());
  }

  /** An incident with these labels is opened. */
  public void open(String project, long iid, List<String> labels) {
    issues.get(project).put(iid, labels);
  }

  /** It is closed. */
  public void close(String project, long iid) {
    issues.get(project).remove(iid);
  }

  /** A freeze begins then and has no end. */
  public void freeze(String project, long id, Instant from) {
    freezes.get(project).put(id, from);
  }

  /** What the next call throws. */
  public void failNext(PortException failure) {
    next = Optional.of(failure);
  }

  @Override
  public List<Obstacle> incidents(String project, List<String> labels) throws PortException {
    return seen(issues, project).entrySet().stream()
        .filter(one -> labels.isEmpty() || one.getValue().stream().anyMatch(labels::contains))
        .map(one -> new Obstacle(project + "#" + one.getKey(), "incident #" + one.getKey()))
        .toList();
  }

  @Override
  public List<Obstacle> freezes(String project, Instant at) throws PortException {
    return seen(freezes, project).entrySet().stream()
        .filter(one -> !one.getValue().isAfter(at))
        .map(one -> new Obstacle(project + " freeze period " + one.getKey(), "freeze"))
        .toList();
  }

  private <T> Map<Long, T> seen(Map<String, Map<Long, T>> all, String project)
      throws PortException {
    if (next.isPresent()) {
      PortException failure = next.get();
      next = Optional.empty();
      throw failure;
    }
    if (!all.containsKey(project)) {
      throw new PortException(PortException.Kind.REFUSED, 404, project + " cannot be seen", null);
    }
    return all.get(project);
  }
}
