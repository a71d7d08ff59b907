package rollout.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import rollout.core.Inquiries;
import rollout.core.Look;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.Question;
import rollout.plan.SignalQuery;
import rollout.plan.Source;
import rollout.plan.Stage;

/** What a plan asks of a source for the flags that it lists, whatever the window. */
final class LogQueries {
  /** Longer than any lag, so that every window has something in it. */
  private static final Duration LONG = Duration.ofDays(1);

  private LogQueries() {}

  /** Each question once, in the order of the plan. */
  static List<SignalQuery> of(Plan plan, Source source) {
    Set<SignalQuery> queries = new LinkedHashSet<>();
    for (String flag : plan.flags().keySet()) {
      for (Stage stage : plan.stages()) {
        Inquiries inquiries =
            new Inquiries(plan, new FlagName(flag), stage, Instant.EPOCH, Instant.EPOCH);
        inquiries.look(1, Instant.EPOCH.plus(LONG)).inquiries().stream()
            .map(Look.Inquiry::questions)
            .flatMap(List::stream)
            .map(Question::query)
            .filter(query -> query.source().equals(source.name()))
            .forEach(queries::add);
      }
    }
    return List.copyOf(queries);
  }
}
