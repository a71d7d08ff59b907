package rollout.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import rollout.judge.sequential.Arm;
import rollout.judge.sequential.Past;
import rollout.plan.Role;
import rollout.plan.Window;

/**
 * Puts together what a service was like before the rollout from what its source answered: both arms
 * together, because without the flag there is only one.
 */
public final class PastReading {
  private final Map<Window, Map<Role, Reading>> answers =
      new TreeMap<>(java.util.Comparator.comparing(Window::from).thenComparing(Window::to));
  private Optional<String> silence = Optional.empty();

  /** Adds the answers to one query, one for each window, up to the first that has none. */
  public void add(Role role, List<Window> windows, List<Reading> readings) {
    for (int i = 0; i < readings.size(); i++) {
      Reading reading = readings.get(i);
      answers.computeIfAbsent(windows.get(i), any -> new EnumMap<>(Role.class)).put(role, reading);
      if (silence.isEmpty()) {
        silence = whyNothing(reading);
      }
    }
  }

  private static Optional<String> whyNothing(Reading reading) {
    if (reading instanceof Reading.Unavailable unavailable) {
      return Optional.of(unavailable.reason());
    }
    return reading instanceof Reading.Partial partial
        ? Optional.of(partial.reason())
        : Optional.empty();
  }

  /** Why the source could not tell; empty when it did, be it that there was nothing. */
  public Optional<String> whyUnknown() {
    return silence;
  }

  /**
   * What was told. Without a single request there is no week to compare with.
   *
   * @param step the length of the windows of the week; shorter ones are the recent past
   */
  public Past past(Duration step) {
    List<Arm> week = new ArrayList<>();
    List<Arm> reference = new ArrayList<>();
    List<Arm> recent = new ArrayList<>();
    Instant end = Instant.EPOCH;
    for (Map.Entry<Window, Map<Role, Reading>> one : answers.entrySet()) {
      if (one.getKey().length().compareTo(step) < 0) {
        recent.add(everybody(one.getValue()));
      } else {
        week.add(everybody(one.getValue()));
        reference.add(arm(one.getValue(), Role.REFERENCE_ERRORS, Role.REFERENCE_REQUESTS));
        end = one.getKey().to();
      }
    }
    return Past.of(end.toEpochMilli() / 1000.0, known(week), known(reference), known(recent));
  }

  private static List<Arm> known(List<Arm> steps) {
    return steps.stream().anyMatch(one -> one.isSound() && one.requests() > 0) ? steps : List.of();
  }

  private static Arm everybody(Map<Role, Reading> readings) {
    if (readings.get(Role.SPLIT) instanceof Reading.Split split) {
      return new Arm(
          split.treated().errors() + split.control().errors(),
          split.treated().requests() + split.control().requests());
    }
    Arm treated = arm(readings, Role.TREATED_ERRORS, Role.TREATED_REQUESTS);
    Arm control = arm(readings, Role.CONTROL_ERRORS, Role.CONTROL_REQUESTS);
    if (treated.isSound() && control.isSound()) {
      return treated.plus(control);
    }
    return treated.isSound() ? treated : control;
  }

  /** Requests without an error series had no errors; errors without requests are nothing. */
  private static Arm arm(Map<Role, Reading> readings, Role errors, Role requests) {
    if (!(readings.get(requests) instanceof Reading.Value all)) {
      return Arm.MISSING;
    }
    Reading failed = readings.get(errors);
    double count = failed instanceof Reading.Value value ? value.value() : 0;
    return new Arm(count, all.value());
  }
}
