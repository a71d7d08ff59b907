package rollout.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.plan.FlagSettings;
import rollout.plan.Guardrail;
import rollout.plan.Origin;
import rollout.plan.Plan;

/** Reads a rollout.yaml. */
public final class PlanReader {
  private final Spec file;
  private final Problems problems;
  private final ServerReader servers;
  private final GuardrailReader guardrails;
  private final StageReader stages;
  private final SettingsReader settings;

  private PlanReader(Spec file, Problems problems) {
    this.file = file;
    this.problems = problems;
    this.servers = new ServerReader(file, problems);
    this.guardrails = new GuardrailReader(file, problems);
    this.stages = new StageReader(file, problems);
    this.settings = new SettingsReader(file, problems);
  }

  /**
   * Reads a whole file and says everything that is wrong with it. Touches no server, no file and no
   * environment variable, and throws nothing.
   *
   * @param fileName as the user named it, for messages
   */
  public static PlanFile read(String fileName, String text) {
    Problems problems = new Problems();
    Optional<YamlNode> root = YamlTree.parse(fileName, text, problems);
    YamlNode.Mapping nothing = new YamlNode.Mapping(new Origin(fileName, 1, 1), List.of());
    if (root.isEmpty() && problems.hasErrors()) {
      return PlanFile.broken(problems.sorted());
    }
    YamlNode tree = root.filter(node -> !isNull(node)).orElse(nothing);
    new FormCheck(problems).check("the file", tree, Grammar.FILE);
    YamlNode.Mapping mapping = tree instanceof YamlNode.Mapping found ? found : nothing;
    return new PlanReader(Spec.of(mapping), problems).planFile();
  }

  private static boolean isNull(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.isNull();
  }

  private PlanFile planFile() {
    List<QueryText> queries = Queries.of(file);
    servers.check();
    new ReferenceCheck(file, problems).check();
    guardrails.check();
    Queries.check(queries, problems);
    stages.check();
    settings.check();
    ConditionReader.check(file, problems);
    Optional<Plan> plan = problems.hasErrors() ? Optional.empty() : Optional.of(plan());
    plan.ifPresent(built -> Lint.check(file, built, queries, problems));
    return new PlanFile(plan, problems.sorted(), servers.environments(), queries);
  }

  private Plan plan() {
    List<Guardrail> askable = guardrails.read();
    return new Plan(
        servers.environments(),
        servers.sources(),
        flags(),
        file.values("variables"),
        Map.of(),
        askable,
        settings.exposureCheck(),
        stages.read(askable),
        settings.judgement(),
        settings.safety(),
        new ConditionReader(file).read());
  }

  private Map<String, FlagSettings> flags() {
    Map<String, FlagSettings> flags = new LinkedHashMap<>();
    for (Spec flag : file.named("flags")) {
      flags.put(flag.name(), new FlagSettings(flag.values("variables")));
    }
    return flags;
  }
}
