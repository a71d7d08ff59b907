package rollout.testing;

import java.time.Instant;
import java.util.List;
import rollout.judge.Reading;
import rollout.port.AlertSignalsContractTest;
import rollout.port.Signals;

/** {@link FakeSignals} as a source of alerts. */
class FakeAlertsTest extends AlertSignalsContractTest {
  private final FakeSignals fake = new FakeSignals();

  @Override
  protected Signals signals() {
    return fake;
  }

  @Override
  protected void fires(String name, Instant since) {
    fake.answer(QUERY, new Reading.Firing(1, List.of(new Reading.Alert(name, since))));
  }

  @Override
  protected void isQuiet() {
    fake.answer(QUERY, new Reading.Firing(0, List.of()));
  }

  @Override
  protected void isFedByNobody() {
    fake.answer(QUERY, new Reading.Partial("Watchdog does not fire"));
  }
}
