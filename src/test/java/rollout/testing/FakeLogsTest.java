package rollout.testing;

import java.time.Instant;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.LogSignalsContractTest;
import rollout.port.Signals;

/** {@link FakeSignals} as a log. */
class FakeLogsTest extends LogSignalsContractTest {
  private final FakeSignals fake = new FakeSignals();

  @Override
  protected Signals signals() {
    return fake;
  }

  @Override
  protected void has(Instant at, Reading.Split entries) {
    Reading.Split none = split(0, 0, 0, 0);
    fake.when(SignalQuery.LogSplit.class::isInstance, window -> isIn(at, window) ? entries : none);
    fake.when(
        query -> query.equals(count(REQUESTS)),
        window -> value(at, window, entries.treated().requests() + entries.control().requests()));
    fake.when(
        query -> query.equals(count(ERRORS)),
        window -> value(at, window, entries.treated().errors() + entries.control().errors()));
  }

  @Override
  protected void hasOthers(Instant at) {
    Reading nothing = new Reading.NoData("the log has no entry at all in this window");
    fake.when(
        query -> query instanceof SignalQuery.LogCount count && count.alone(),
        window -> isIn(at, window) ? new Reading.Value(0) : nothing);
    fake.answer(count(ERRORS), new Reading.Value(0));
  }

  @Override
  protected void hasNoIndex() {
    fake.when(query -> true, window -> new Reading.Unavailable("There is no such index."));
  }

  private static SignalQuery count(String search) {
    return new SignalQuery.LogCount("logs", "gitaly-*", search, false);
  }

  private static Reading value(Instant at, Window window, double count) {
    return new Reading.Value(isIn(at, window) ? count : 0);
  }

  private static boolean isIn(Instant at, Window window) {
    return !at.isBefore(window.from()) && at.isBefore(window.to());
  }
}
