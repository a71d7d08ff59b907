package rollout.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.plan.Environment;
import rollout.plan.FlagName;
import rollout.plan.Plan;

/** What was read from a rollout.yaml. */
public final class PlanFile {
  private final Optional<Plan> plan;
  private final List<Problem> problems;
  private final List<Environment> environments;
  private final List<QueryText> queries;

  PlanFile(
      Optional<Plan> plan,
      List<Problem> problems,
      List<Environment> environments,
      List<QueryText> queries) {
    this.plan = plan;
    this.problems = List.copyOf(problems);
    this.environments = List.copyOf(environments);
    this.queries = List.copyOf(queries);
  }

  /** A file that is no YAML. */
  static PlanFile broken(List<Problem> problems) {
    return new PlanFile(Optional.empty(), problems, List.of(), List.of());
  }

  /**
   * The plan; present exactly when there is no {@link Severity#ERROR}. Where something is {@link
   * Severity#UNSUPPORTED} it lacks that part and must not be driven.
   */
  public Optional<Plan> plan() {
    return plan;
  }

  /** Everything that was found, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }

  /** The environments that could be read, also of a file with errors: enough to switch off. */
  public List<Environment> environments() {
    return environments;
  }

  /** The problems of one severity, in the order of the file. */
  public List<Problem> problems(Severity severity) {
    return problems.stream().filter(problem -> problem.severity() == severity).toList();
  }

  /**
   * The plan, for commands that drive nothing.
   *
   * @throws ConfigException with every error of the file
   */
  public Plan readable() {
    return plan.orElseThrow(() -> new ConfigException(problems(Severity.ERROR)));
  }

  /**
   * The plan, for a command that drives a rollout of this flag.
   *
   * @param overrides values for placeholders from the command line
   * @throws ConfigException with every error, everything that is not supported yet, and every
   *     placeholder that stays open for this flag
   */
  public Plan drivable(FlagName flag, Map<String, String> overrides) {
    List<Problem> refusals = new ArrayList<>(problems(Severity.ERROR));
    for (Problem missing : problems(Severity.UNSUPPORTED)) {
      refusals.add(new Problem(Severity.ERROR, missing.origin(), missing.message()));
    }
    refusals.addAll(openPlaceholders(flag, overrides));
    if (!refusals.isEmpty()) {
      throw new ConfigException(refusals);
    }
    return readable().withOverrides(overrides);
  }

  /**
   * Each query of a stage whose placeholders stay open for this flag, as errors; nothing for a file
   * that has no plan.
   *
   * @param overrides values for placeholders from the command line
   */
  public List<Problem> openPlaceholders(FlagName flag, Map<String, String> overrides) {
    Problems open = new Problems();
    plan.map(found -> new OpenPlaceholders(found.withOverrides(overrides), flag))
        .ifPresent(
            finder ->
                queries.forEach(
                    query ->
                        finder
                            .in(query)
                            .forEach(
                                wrong -> open.error(query.origin(), said(query, flag, wrong)))));
    return open.sorted();
  }

  private static String said(QueryText query, FlagName flag, String wrong) {
    return query.owner()
        + "."
        + query.key()
        + ": "
        + wrong
        + " for "
        + flag
        + "; give a value under flags."
        + flag
        + ".variables, or with --var NAME=VALUE";
  }
}
