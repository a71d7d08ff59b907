package rollout.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A test that is interrupted goes on as one that is not, and counts no moment twice. */
class ComparisonRestartTest {
  @Test
  void aProcessThatReadsTheJournalRemembersTheSame() {
    Driver whole = begun();
    whole.run(Duration.ofMinutes(14));
    Driver torn = begun();
    for (int minute = 0; minute < 14; minute++) {
      torn.kill();
      torn.restart();
      torn.run(Duration.ofMinutes(1));
    }
    assertEquals(compared(whole), compared(torn));
    assertTrue(compared(whole).size() > 8, () -> "looks: " + compared(whole).size());
  }

  @Test
  void afterAGapEachLookHasAWindowOfItsOwn() {
    Driver driver = begun();
    driver.run(Duration.ofMinutes(4));
    driver.kill();
    driver.run(Duration.ofMinutes(6));
    driver.restart();
    driver.run(Duration.ofMinutes(3));
    List<rollout.plan.Window> windows =
        driver.journal.stream()
            .filter(Event.Measured.class::isInstance)
            .map(Event.Measured.class::cast)
            .filter(look -> look.stage().equals("low"))
            .flatMap(look -> look.measurements().stream())
            .filter(one -> one.guardrail().equals("versus"))
            .map(one -> one.window())
            .toList();
    for (int i = 1; i < windows.size(); i++) {
      assertEquals(windows.get(i - 1).to(), windows.get(i).from());
    }
    assertTrue(windows.size() > 8, windows::toString);
  }

  private static Driver begun() {
    Driver driver = new Driver(ShortPlan.of(new TreeSet<>(Set.of("compare"))));
    driver.world.arms.treatedErrors = 0.012;
    driver.start(ShortPlan.FLAG, Optional.empty(), List.of());
    driver.run(Duration.ofMinutes(10));
    driver.ask(new Input.Approve(driver.now, "dev", Driver.PERSON, Optional.empty()));
    return driver;
  }

  private static List<Compared> compared(Driver driver) {
    return driver.journal.stream()
        .filter(Event.Judged.class::isInstance)
        .flatMap(look -> ((Event.Judged) look).compared().stream())
        .toList();
  }
}
