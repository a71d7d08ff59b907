package rollout.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import rollout.plan.Check;
import rollout.plan.FlagName;
import rollout.plan.Guardrail;
import rollout.plan.Plan;
import rollout.plan.Stage;
import rollout.plan.Template;

/**
 * The issues of every Sentry project a plan asks about: a few old ones with a steady trickle of
 * events, of which the first also gets what the flag breaks, and the scripted new one.
 */
final class IssueBook {
  private static final Instant OLD = Instant.parse("2025-03-01T08:00:00Z");

  /**
   * Of the calls that the flag harms, so many end in the new issue: too few to be noticed among the
   * events of the others.
   */
  private static final double SEEN = 0.0005;

  private static final List<Trickle> TRICKLES =
      List.of(
          new Trickle("GRPC::Internal: 13:exit status 128", 0.0003),
          new Trickle("GRPC::Unavailable: 14:Connect Failed", 0.0002),
          new Trickle("GRPC::Unknown: 2:signal: killed", 0.0001));

  /**
   * An old issue.
   *
   * @param ofCalls events for each call
   */
  private record Trickle(String title, double ofCalls) {}

  /** A search the plan renders, and where its events come from. */
  private record Search(String project, String text) {}

  private final World world;
  private final Map<Search, Set<String>> searches = new LinkedHashMap<>();
  private final List<String> projects;

  /**
   * @param source the name of a Sentry
   * @throws IllegalArgumentException when nothing fills a placeholder
   */
  IssueBook(Plan plan, FlagName flag, World world, String source) {
    this.world = world;
    for (Stage stage : plan.stages()) {
      for (String name : stage.guardrails()) {
        Guardrail guardrail = plan.guardrail(name);
        if (guardrail.source().equals(source)) {
          for (String environment : stage.environments()) {
            note(guardrail.check(), environment, plan.values(flag, environment));
          }
        }
      }
    }
    this.projects = searches.keySet().stream().map(Search::project).distinct().toList();
  }

  /** The slugs of all projects. */
  List<String> projects() {
    return projects;
  }

  /** The environments whose events a search is about; none when the plan does not ask it. */
  Set<String> environments(String project, String search) {
    Set<String> environments = new LinkedHashSet<>();
    searches.forEach(
        (known, where) -> {
          if (known.project.equals(project) && search.contains(known.text)) {
            environments.addAll(where);
          }
        });
    return environments;
  }

  /** Every issue of a project, whether it has events in some window or not. */
  List<Issue> issues(String project) {
    int first = 500 + 10 * projects.indexOf(project);
    List<Issue> issues = new ArrayList<>();
    for (Trickle trickle : TRICKLES) {
      issues.add(old(first + issues.size(), project, trickle, issues.isEmpty()));
    }
    newIssue(first + issues.size(), project).ifPresent(issues::add);
    return issues;
  }

  private Issue old(int id, String project, Trickle trickle, boolean alsoTheFlags) {
    return new Issue(
        id,
        project,
        trickle.title,
        OLD.minus(Duration.ofDays(id)),
        (environment, time) ->
            world.trickle(environment, trickle.ofCalls, id).until(time)
                + (alsoTheFlags ? world.failedByFlag(environment, time) : 0));
  }

  private Optional<Issue> newIssue(int id, String project) {
    if (world.scenario().kind() != Scenario.Kind.NEW_ISSUE) {
      return Optional.empty();
    }
    return world.noticed().map(born -> broken(id, project, born));
  }

  private Issue broken(int id, String project, Instant born) {
    return new Issue(
        id,
        project,
        "NoMethodError: undefined method `stats' for nil:NilClass",
        born,
        (environment, time) -> {
          double since = world.harmed(environment, time) - world.harmed(environment, born);
          return since > 0 ? 1 + SEEN * since : 0;
        });
  }

  private void note(Check check, String environment, Map<String, String> values) {
    if (check instanceof Check.NewIssues issues) {
      note(issues.project(), issues.query(), environment, values);
    } else if (check instanceof Check.Events events) {
      note(events.project(), events.query(), environment, values);
    }
  }

  private void note(String project, String query, String environment, Map<String, String> values) {
    String search = Template.render(query, values, Template.Language.SENTRY_SEARCH);
    searches
        .computeIfAbsent(new Search(project, search), unknown -> new LinkedHashSet<>())
        .add(environment);
  }
}
