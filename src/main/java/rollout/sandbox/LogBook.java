package rollout.sandbox;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import rollout.plan.Arms;
import rollout.plan.Check;
import rollout.plan.FlagName;
import rollout.plan.Guardrail;
import rollout.plan.Plan;
import rollout.plan.Source;
import rollout.plan.Stage;
import rollout.plan.Template;
import rollout.plan.Window;

/**
 * The logs of every environment whose index a plan searches, and what each search finds there: by
 * its role, not by what it says.
 */
final class LogBook {
  /** How many entries of an environment are found in a window. */
  private interface Role {
    long count(String environment, Window window);
  }

  private record Search(String index, String text) {}

  /** What one search finds. */
  private record Entry(Role role, Set<String> environments) {}

  private final Plan plan;
  private final FlagName flag;
  private final Source.Elasticsearch source;
  private final World world;
  private final Map<Search, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Set<String>> environments = new LinkedHashMap<>();
  private final Set<String> flagFields = new TreeSet<>();

  /**
   * @throws IllegalArgumentException when nothing fills a placeholder of a search
   */
  LogBook(Plan plan, FlagName flag, Source.Elasticsearch source, World world) {
    this.plan = plan;
    this.flag = flag;
    this.source = source;
    this.world = world;
    for (Stage stage : plan.stages()) {
      for (String name : stage.guardrails()) {
        Guardrail guardrail = plan.guardrail(name);
        if (guardrail.source().equals(source.name())) {
          stage.environments().forEach(environment -> add(environment, guardrail.check()));
        }
      }
    }
  }

  private void add(String environment, Check check) {
    if (check instanceof Check.Ratio ratio) {
      add(environment, ratio.errors(), world::errors);
      add(environment, ratio.requests(), world::requests);
    } else if (check instanceof Check.Value value) {
      Gauge gauge = Gauge.of(value);
      add(environment, value.query(), (where, window) -> gauge(gauge, where, window));
    } else if (check instanceof Check.Compare compare && compare.arms() instanceof Arms.Logs logs) {
      flagFields.add(logs.flagField());
      add(environment, logs.errors(), world::errors);
      add(environment, logs.requests(), world::requests);
    }
  }

  private void add(String environment, String template, Role role) {
    Map<String, String> values = plan.values(flag, environment);
    String index = Template.render(source.index(), values, Template.Language.INDEX);
    String text = Template.render(template, values, Template.Language.LUCENE);
    entries
        .computeIfAbsent(new Search(index, text), search -> new Entry(role, new LinkedHashSet<>()))
        .environments
        .add(environment);
    environments.computeIfAbsent(index, any -> new LinkedHashSet<>()).add(environment);
  }

  private long gauge(Gauge gauge, String environment, Window window) {
    double unrest = world.unrest(environment, window.to());
    return Math.round(gauge.at(world.slowed(environment, window), unrest));
  }

  /** Whether there is an index of this name or pattern. */
  boolean has(String index) {
    return environments.containsKey(index);
  }

  /** Whether entries have this field. */
  boolean hasField(String field) {
    return flagFields.contains(field);
  }

  /** Every entry of an index. */
  long all(String index, Window window) {
    return world.requests(current(environments.get(index), window.to()), window);
  }

  /** The entries that a search finds; none when the plan does not ask it. */
  long count(String index, String search, Window window) {
    Entry entry = entries.get(new Search(index, search));
    return entry == null ? 0 : entry.role.count(current(entry.environments, window.to()), window);
  }

  /**
   * The entries of one arm that a search finds.
   *
   * @param treated those that hold the flag; otherwise those that do not
   * @param failed of these only what failed
   */
  long arm(String index, String search, boolean treated, boolean failed, Window window) {
    Entry entry = entries.get(new Search(index, search));
    if (entry == null) {
      return 0;
    }
    String environment = current(entry.environments, window.to());
    if (treated) {
      return failed ? world.treatedErrors(environment, window) : world.treated(environment, window);
    }
    return failed
        ? world.untreatedErrors(environment, window)
        : world.untreated(environment, window);
  }

  private String current(Set<String> some, Instant time) {
    return world.current(some, time);
  }
}
