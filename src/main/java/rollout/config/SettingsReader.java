package rollout.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import rollout.plan.Durations;
import rollout.plan.ExposureCheck;
import rollout.plan.Gate;
import rollout.plan.Judgement;
import rollout.plan.Percentage;
import rollout.plan.Safety;

/** Reads judgement, safety and the exposure check, filling in what the file leaves out. */
final class SettingsReader {
  private static final Duration CHECK_WINDOW = Duration.ofMinutes(15);
  private static final double CHECK_TOLERATE = 3.0;

  private final Spec file;
  private final Problems problems;

  SettingsReader(Spec file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Says what does not go together. */
  void check() {
    Spec check = file.section("exposure_check");
    new Names(problems)
        .sourceType(file, check)
        .filter(type -> !type.equals("prometheus"))
        .ifPresent(
            type ->
                problems.error(
                    check.originOf("source"),
                    "exposure_check needs a source of type prometheus, not " + type));
    if (check.times("tolerate").filter(times -> times <= 1).isPresent()) {
      problems.error(
          check.originOf("tolerate"),
          "tolerate must be above 1x, such as 3x: chance alone moves the measured share");
    }
    Spec spec = file.section("safety");
    spec.duration("in_flight").ifPresent(inFlight -> inFlight(spec, safety(), inFlight));
  }

  private void inFlight(Spec spec, Safety safety, Duration inFlight) {
    String written = "in_flight " + Durations.format(inFlight) + " (line " + line(spec) + ")";
    if (safety.lease().compareTo(inFlight) <= 0) {
      problems.error(
          spec.originOf("in_flight"),
          written + " is not shorter than " + named(spec, "lease", safety.lease()));
    }
    if (safety.seal().compareTo(inFlight.plus(safety.propagation())) < 0) {
      problems.error(
          spec.originOf("in_flight"),
          written
              + " and "
              + named(spec, "propagation", safety.propagation())
              + " together are longer than "
              + named(spec, "seal", safety.seal())
              + "; a late request could undo the seal");
    }
  }

  private static int line(Spec spec) {
    return spec.originOf("in_flight").line();
  }

  private static String named(Spec spec, String key, Duration value) {
    String where = spec.has(key) ? "line " + spec.originOf(key).line() : "the default";
    return key + " " + Durations.format(value) + " (" + where + ")";
  }

  Judgement judgement() {
    Spec spec = file.section("judgement");
    Judgement by = Judgement.DEFAULT;
    return new Judgement(
        spec.percentage("false_rollback").map(Percentage::fraction).orElse(by.falseRollback()),
        word(spec, "no_data", Judgement.NoData.class, by.noData()),
        spec.duration("max_gap").orElse(by.maxGap()),
        spec.duration("lag").orElse(by.lag()),
        spec.times("extend_at_most").orElse(by.extendAtMost()));
  }

  Safety safety() {
    Spec spec = file.section("safety");
    Safety by = Safety.DEFAULT;
    return new Safety(
        word(spec, "gate", Gate.class, by.gate()),
        word(spec, "rollback_scope", Safety.Scope.class, by.scope()),
        word(spec, "rollback_to", Safety.RollbackTo.class, by.rollbackTo()),
        spec.duration("propagation").orElse(by.propagation()),
        spec.duration("seal").orElse(by.seal()),
        spec.duration("lease").orElse(by.lease()),
        spec.duration("in_flight"),
        spec.duration("gitlab_budget").orElse(by.gitlabBudget()),
        word(spec, "marker", Safety.Marker.class, by.marker()));
  }

  /** Of a file without errors. */
  Optional<ExposureCheck> exposureCheck() {
    if (!file.has("exposure_check")) {
      return Optional.empty();
    }
    Spec spec = file.section("exposure_check");
    return Optional.of(
        new ExposureCheck(
            spec.text("source").orElseThrow(),
            spec.text("query").orElseThrow(),
            spec.duration("window").orElse(CHECK_WINDOW),
            spec.times("tolerate").orElse(CHECK_TOLERATE)));
  }

  private static <T extends Enum<T>> T word(Spec spec, String key, Class<T> words, T otherwise) {
    return spec.text(key)
        .map(text -> text.toUpperCase(Locale.ROOT))
        .flatMap(
            text ->
                Arrays.stream(words.getEnumConstants())
                    .filter(word -> word.name().equals(text))
                    .findFirst())
        .orElse(otherwise);
  }
}
