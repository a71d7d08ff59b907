package rollout.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.Signals;

/**
 * A source in memory that says what a test wrote down for it. The rule that was added last wins.
 */
public final class FakeSignals implements Signals {
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** A question that was put. */
  public record Asked(SignalQuery query, Window window) {}

  private record Rule(Predicate<Asked> applies, Function<Window, Reading> answer) {}

  /** Answers queries of a kind, each window as it likes. */
  public FakeSignals when(Predicate<SignalQuery> query, Function<Window, Reading> answer) {
    return add(asked -> query.test(asked.query()), answer);
  }

  /** Answers this very query in this very window. */
  public FakeSignals answer(SignalQuery query, Window window, Reading reading) {
    return add(new Asked(query, window)::equals, any -> reading);
  }

  /** Answers this very query, whatever the window. */
  public FakeSignals answer(SignalQuery query, Reading reading) {
    return when(query::equals, window -> reading);
  }

  /** Answers each query with this text in its expression or search. */
  public FakeSignals answer(String text, Reading reading) {
    return when(query -> textOf(query).contains(text), window -> reading);
  }

  /** Everything that was asked, oldest first. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  @Override
  public Reading read(SignalQuery query, Window window) {
    Asked question = new Asked(query, window);
    asked.add(question);
    return rules.stream()
        .filter(rule -> rule.applies().test(question))
        .findFirst()
        .map(rule -> rule.answer().apply(window))
        .orElseGet(() -> new Reading.NoData("the query matched no series"));
  }

  private FakeSignals add(Predicate<Asked> applies, Function<Window, Reading> answer) {
    rules.add(0, new Rule(applies, answer));
    return this;
  }

  private static String textOf(SignalQuery query) {
    if (query instanceof SignalQuery.Promql promql) {
      return promql.expression();
    }
    if (query instanceof SignalQuery.SentryIssues issues) {
      return issues.count() + " " + issues.project() + " " + issues.search();
    }
    return query.toString();
  }
}
