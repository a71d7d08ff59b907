package rollout.plan;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A validated rollout.yaml. Every name in it that refers to another part of it does.
 *
 * @param environments in the order of the file
 * @param flags by name; a flag that is not listed may be rolled out when no placeholder stays open
 * @param variables values for {@code {{name}}} everywhere
 * @param overrides values given on the command line; they win over all others
 * @param guardrails in the order of the file
 * @param stages in the order they are run; at least one
 * @param conditions what must be so before each raise
 */
public record Plan(
    List<Environment> environments,
    List<Source> sources,
    Map<String, FlagSettings> flags,
    Map<String, String> variables,
    Map<String, String> overrides,
    List<Guardrail> guardrails,
    Optional<ExposureCheck> exposureCheck,
    List<Stage> stages,
    Judgement judgement,
    Safety safety,
    RaiseConditions conditions) {
  /**
   * @throws IllegalArgumentException when a stage or guardrail names something that is not there
   */
  public Plan {
    environments = List.copyOf(environments);
    sources = List.copyOf(sources);
    flags = Collections.unmodifiableMap(new LinkedHashMap<>(flags));
    variables = Collections.unmodifiableMap(new TreeMap<>(variables));
    overrides = Collections.unmodifiableMap(new TreeMap<>(overrides));
    guardrails = List.copyOf(guardrails);
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("a plan without stages takes a flag nowhere");
    }
    for (Stage stage : stages) {
      for (String environment : stage.environments()) {
        find(environments, Environment::name, environment);
      }
      for (String guardrail : stage.guardrails()) {
        find(guardrails, Guardrail::name, guardrail);
      }
    }
    for (Guardrail guardrail : guardrails) {
      find(sources, Source::name, guardrail.source());
    }
    if (exposureCheck.isPresent()) {
      find(sources, Source::name, exposureCheck.get().source());
    }
    for (String environment : conditions.asked()) {
      find(environments, Environment::name, environment);
    }
    for (String environment : conditions.windows().keySet()) {
      find(environments, Environment::name, environment);
    }
  }

  /**
   * @throws IllegalArgumentException when there is none of this name
   */
  public Environment environment(String name) {
    return find(environments, Environment::name, name);
  }

  /**
   * @throws IllegalArgumentException when there is none of this name
   */
  public Source source(String name) {
    return find(sources, Source::name, name);
  }

  /**
   * @throws IllegalArgumentException when there is none of this name
   */
  public Guardrail guardrail(String name) {
    return find(guardrails, Guardrail::name, name);
  }

  /** The place of a stage, from 0; empty when there is none of this name. */
  public Optional<Integer> indexOf(String stage) {
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i).name().equals(stage)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** The last stage in this environment; empty when no stage is. */
  public Optional<Stage> lastIn(String environment) {
    return stages.stream()
        .filter(stage -> stage.isIn(environment))
        .reduce((earlier, later) -> later);
  }

  /** How far behind now this source's data are complete. */
  public Duration lagOf(String source) {
    return source(source).lag().orElse(judgement.lag());
  }

  /** The value of each placeholder but the window; later of the contract's order wins. */
  public Map<String, String> values(FlagName flag, String environment) {
    Map<String, String> values = new TreeMap<>(variables);
    values.putAll(environment(environment).variables());
    values.putAll(flags.getOrDefault(flag.value(), new FlagSettings(Map.of())).variables());
    values.putAll(overrides);
    values.put("flag", flag.value());
    values.put("feature", flag.feature());
    return values;
  }

  /** The same plan with values from the command line. */
  public Plan withOverrides(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(overrides);
    all.putAll(more);
    return new Plan(
        environments,
        sources,
        flags,
        variables,
        all,
        guardrails,
        exposureCheck,
        stages,
        judgement,
        safety,
        conditions);
  }

  private static <T> T find(
      List<T> all, java.util.function.Function<T, String> nameOf, String name) {
    return all.stream()
        .filter(one -> nameOf.apply(one).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the plan has no \""
                        + name
                        + "\"; it has "
                        + all.stream().map(nameOf).toList()));
  }
}
