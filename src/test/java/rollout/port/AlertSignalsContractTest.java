package rollout.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;

/** What everything that tells of alerts through {@link Signals} must do. */
public abstract class AlertSignalsContractTest {
  /** The question. */
  protected static final SignalQuery.FiringAlerts QUERY =
      new SignalQuery.FiringAlerts("alerts", List.of("type=\"gitaly\"", "env=\"gprd\""));

  private static final Instant AT = Instant.parse("2026-11-22T10:31:00Z");
  private static final Window WINDOW = new Window(AT.minus(Duration.ofHours(1)), AT);

  /** What is held to the contract. */
  protected abstract Signals signals();

  /** Arranges that an alert of this name fires since then; replaces what was arranged before. */
  protected abstract void fires(String name, Instant since);

  /** Arranges that nothing fires but the watchdog. */
  protected abstract void isQuiet();

  /** Arranges that the watchdog does not fire either. */
  protected abstract void isFedByNobody();

  @Test
  void whatFiresIsNamedWithItsBeginning() {
    fires("GitalyErrorSLOViolation", AT);

    assertEquals(
        new Reading.Firing(1, List.of(new Reading.Alert("GitalyErrorSLOViolation", AT))),
        signals().read(QUERY, WINDOW));
  }

  @Test
  void quietIsNone() {
    isQuiet();

    assertEquals(new Reading.Firing(0, List.of()), signals().read(QUERY, WINDOW));
  }

  @Test
  void theSilenceOfOneThatNobodyFeedsProvesNothing() {
    isFedByNobody();

    assertInstanceOf(Reading.Partial.class, signals().read(QUERY, WINDOW));
  }

  @Test
  void theSameIsSaidOfEveryMoment() {
    fires("GitalyErrorSLOViolation", AT);
    List<Reading> all =
        signals().readAll(QUERY, List.of(WINDOW.earlier(Duration.ofHours(3)), WINDOW));

    assertEquals(2, all.size());
    assertEquals(all.get(1), all.get(0));
  }
}
