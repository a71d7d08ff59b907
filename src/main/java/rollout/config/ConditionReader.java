package rollout.config;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import rollout.plan.OpenHours;
import rollout.plan.RaiseConditions;

/** Reads windows, incidents and freeze, of a file without errors. */
final class ConditionReader {
  private static final String WHOLE_DAY = "00:00-24:00";
  private static final String DAYS = "days";

  private final Spec file;

  ConditionReader(Spec file) {
    this.file = file;
  }

  RaiseConditions read() {
    Spec preflight = file.section("preflight");
    return new RaiseConditions(windows(), incidents(preflight), freeze(preflight));
  }

  /** Says which windows never open. */
  static void check(Spec file, Problems problems) {
    for (Spec window : file.named("windows")) {
      window
          .text("hours")
          .filter(hours -> hours.matches("(.+)-\\1"))
          .ifPresent(
              hours ->
                  problems.error(
                      window.originOf("hours"),
                      "hours "
                          + hours
                          + " end when they begin, so nothing could ever be raised;"
                          + " leave hours out for the whole day"));
    }
  }

  /** The hours of a window. */
  static OpenHours window(Spec window) {
    String[] hours = window.text("hours").orElse(WHOLE_DAY).split("-", 2);
    return new OpenHours(
        days(window),
        LocalTime.parse(hours[0]),
        hours[1].equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(hours[1]),
        ZoneId.of(window.text("time_zone").orElse("UTC")));
  }

  private Map<String, OpenHours> windows() {
    Map<String, OpenHours> windows = new LinkedHashMap<>();
    file.named("windows").forEach(window -> windows.put(window.name(), window(window)));
    return windows;
  }

  private static Set<DayOfWeek> days(Spec window) {
    List<String> named = window.texts(DAYS).stream().map(YamlNode.Scalar::text).toList();
    if (!window.has(DAYS)) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    Stream.of(DayOfWeek.values())
        .filter(day -> named.contains(day.name().substring(0, 3).toLowerCase(Locale.ROOT)))
        .forEach(days::add);
    return days;
  }

  private static Optional<RaiseConditions.Incidents> incidents(Spec preflight) {
    Spec spec = preflight.section("incidents");
    return spec.text("environment")
        .map(
            environment ->
                new RaiseConditions.Incidents(
                    environment,
                    spec.text("project").orElseThrow(),
                    spec.texts("labels").stream().map(YamlNode.Scalar::text).toList()));
  }

  private static Optional<RaiseConditions.Freeze> freeze(Spec preflight) {
    Spec spec = preflight.section("freeze");
    return spec.text("environment")
        .map(
            environment ->
                new RaiseConditions.Freeze(environment, spec.text("project").orElseThrow()));
  }
}
