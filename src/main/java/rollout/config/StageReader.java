package rollout.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import rollout.plan.Durations;
import rollout.plan.Exposure;
import rollout.plan.Guardrail;
import rollout.plan.Lasting;
import rollout.plan.Percentage;
import rollout.plan.Stage;

/** Reads stages, and refuses those that could pass without any evidence. */
final class StageReader {
  /** Stands for exposure by name, which no percentage can express. */
  private static final Exposure SMALLEST = new Exposure(new Percentage(1));

  private final Spec file;
  private final Problems problems;
  private final Names names;
  private final DetectableReader detectables;

  StageReader(Spec file, Problems problems) {
    this.file = file;
    this.problems = problems;
    this.names = new Names(problems);
    this.detectables = new DetectableReader(problems);
  }

  /** Says what is wrong with any of them. */
  void check() {
    names.unique("stage", file.items("stages"));
    for (Spec stage : file.items("stages")) {
      names.allKnown("environment", stage, "environment", file.names("environments"));
      once("environment", stage, "environment");
      watchers(stage);
      evidence(stage);
      longEnough(stage);
      detectables.check(stage);
    }
  }

  private void watchers(Spec stage) {
    names.allKnown("guardrail", stage, "guardrails", guardrailNames());
    once("guardrail", stage, "guardrails");
  }

  private void once(String what, Spec stage, String key) {
    Set<String> seen = new HashSet<>();
    for (YamlNode.Scalar name : stage.texts(key)) {
      if (!seen.add(name.text())) {
        problems.error(name.origin(), what + " " + name.text() + " stands here twice");
      }
    }
  }

  private void evidence(Spec stage) {
    boolean watched = !watching(stage).isEmpty() || file.has("exposure_check");
    boolean readable = stage.isListOrAbsent("guardrails") && file.isListOrAbsent("guardrails");
    if (readable && !watched && !stage.isTrue("unguarded")) {
      problems.error(
          stage.origin(),
          "stage "
              + stage.name()
              + " could pass without any evidence; give it a guardrail, or say unguarded: true");
    }
  }

  private void longEnough(Spec stage) {
    Optional<Duration> bake = bake(stage);
    for (Spec guardrail : file.items("guardrails")) {
      Lasting lasting = guardrail.lasting("for").orElse(Lasting.ONE_LOOK);
      Duration least = lasting.shortest(interval(stage));
      if (watching(stage).contains(guardrail.name())
          && bake.filter(given -> given.compareTo(least) < 0).isPresent()) {
        problems.error(
            stage.originOf("bake"),
            "bake "
                + Durations.format(bake.get())
                + " of stage "
                + stage.name()
                + " is shorter than a breach of "
                + guardrail.name()
                + " has to last (for × interval = "
                + Durations.format(least)
                + "); bake longer, or look more often");
      }
    }
  }

  /** The stages of a file without errors. */
  List<Stage> read(List<Guardrail> askable) {
    return file.items("stages").stream().map(stage -> stage(stage, askable)).toList();
  }

  private Stage stage(Spec stage, List<Guardrail> askable) {
    List<String> names = watching(stage);
    List<Guardrail> watching = askable.stream().filter(one -> names.contains(one.name())).toList();
    Exposure exposure = stage.percentage("exposure").map(Exposure::new).orElse(SMALLEST);
    return new Stage(
        stage.name(),
        stage.texts("environment").stream().map(YamlNode.Scalar::text).toList(),
        exposure,
        bake(stage).orElseThrow(),
        interval(stage),
        names.stream().filter(name -> isAmong(watching, name)).toList(),
        stage.isTrue("unguarded"),
        stage.text("approval"),
        stage.count("min_requests"),
        DetectableReader.required(stage, exposure, watching),
        stage.section("bake").duration("at_most"));
  }

  private static boolean isAmong(List<Guardrail> watching, String name) {
    return watching.stream().anyMatch(one -> one.name().equals(name));
  }

  /** The names of all that watch a stage, those this version cannot ask among them. */
  private List<String> watching(Spec stage) {
    if (stage.has("guardrails")) {
      return stage.texts("guardrails").stream().map(YamlNode.Scalar::text).toList();
    }
    return stage.isTrue("unguarded") ? List.of() : guardrailNames();
  }

  private List<String> guardrailNames() {
    List<String> all = new ArrayList<>();
    for (Spec guardrail : file.items("guardrails")) {
      all.add(guardrail.name());
    }
    return all;
  }

  private static Optional<Duration> bake(Spec stage) {
    return stage.duration("bake").or(() -> stage.section("bake").duration("at_least"));
  }

  private static Duration interval(Spec stage) {
    return stage.duration("interval").orElse(Stage.DEFAULT_INTERVAL);
  }
}
