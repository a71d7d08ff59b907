package rollout.adapter.sentry;

import java.time.InstantSource;
import rollout.adapter.http.HttpEndpoint;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.PortException;
import rollout.port.Signals;

/** Counts new issues and events of a Sentry project. */
public final class SentrySignals implements Signals {
  private final IssueSearch search;

  /**
   * @param endpoint the server
   * @param organization its slug
   * @param clock for how long the server wants to be left alone
   */
  public SentrySignals(HttpEndpoint endpoint, String organization, InstantSource clock) {
    SentryApi api = new SentryApi(endpoint, clock);
    this.search = new IssueSearch(api, organization, new Visibility(api, organization, clock));
  }

  /**
   * {@inheritDoc}
   *
   * @return Value; Partial when issues are cut off or come without what is counted; Unavailable for
   *     the rest, a project that the token cannot see among it
   */
  @Override
  public Reading read(SignalQuery query, Window window) {
    if (!(query instanceof SignalQuery.SentryIssues issues)) {
      return new Reading.Unavailable(
          "the source " + query.source() + " is a Sentry and was asked something else");
    }
    try {
      IssueSearch.Found found = search.find(issues, window);
      return issues.count() == SignalQuery.Count.NEW_ISSUES
          ? IssueCounts.newSince(window.from(), found)
          : IssueCounts.events(found);
    } catch (PortException failed) {
      return new Reading.Unavailable(failed.getMessage());
    }
  }
}
