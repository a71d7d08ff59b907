package rollout.adapter.sentry;

import java.time.InstantSource;
import rollout.adapter.http.HttpEndpoint;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.PortException;
import rollout.port.Signals;

/** Counts new issues and events of a Sentry project, and tells whom new issues hit. */
public final class SentrySignals implements Signals {
  private final IssueSearch search;
  private final AffectedUsers users;

  /**
   * @param endpoint the server
   * @param organization its slug
   * @param clock for how long the server wants to be left alone
   */
  public SentrySignals(HttpEndpoint endpoint, String organization, InstantSource clock) {
    SentryApi api = new SentryApi(endpoint, clock);
    this.search = new IssueSearch(api, organization, new Visibility(api, organization, clock));
    this.users = new AffectedUsers(api, search);
  }

  /**
   * {@inheritDoc}
   *
   * @return Value, or Split where the flag is asked for; Partial when issues or events are cut off
   *     or come without what is counted; Unavailable for the rest, a project that the token cannot
   *     see among it
   */
  @Override
  public Reading read(SignalQuery query, Window window) {
    try {
      if (query instanceof SignalQuery.SentryIssues issues) {
        return count(issues, window);
      } else if (query instanceof SignalQuery.SentrySplit split) {
        return users.read(split, window);
      }
      return new Reading.Unavailable(
          "the source " + query.source() + " is a Sentry and was asked something else");
    } catch (PortException failed) {
      return new Reading.Unavailable(failed.getMessage());
    }
  }

  private Reading count(SignalQuery.SentryIssues issues, Window window) throws PortException {
    IssueSearch.Found found = search.find(issues, window);
    return issues.count() == SignalQuery.Count.NEW_ISSUES
        ? IssueCounts.newSince(window.from(), found)
        : IssueCounts.events(found);
  }
}
