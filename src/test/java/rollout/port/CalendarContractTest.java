package rollout.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import rollout.core.Obstacle;
import rollout.port.PortException.Kind;

/** What every implementation of {@link Calendar} must do, the fake that other tests rely on too. */
public abstract class CalendarContractTest {
  private static final String INFRA = "gitlab-com/gl-infra/production";
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  protected abstract Calendar calendar();

  protected abstract void show(String project);

  protected abstract void open(String project, long iid, List<String> labels);

  protected abstract void close(String project, long iid);

  /** A freeze that lasts from then on for longer than any of these tests. */
  protected abstract void freeze(String project, long id, Instant from);

  protected abstract void breakNext();

  @Test
  void aQuietProjectHoldsNothing() throws PortException {
    show(INFRA);
    assertEquals(List.of(), calendar().incidents(INFRA, List.of("a")));
    assertEquals(List.of(), calendar().incidents(INFRA, List.of()));
    assertEquals(List.of(), calendar().freezes(INFRA, NOW));
  }

  @Test
  void anyOfTheLabelsIsEnoughAndTwoOfThemAreOneIncident() throws PortException {
    show(INFRA);
    open(INFRA, 1, List.of("severity::1"));
    open(INFRA, 2, List.of("severity::2", "severity::1"));
    open(INFRA, 3, List.of("severity::3"));
    assertEquals(
        Set.of(INFRA + "#1", INFRA + "#2"),
        ids(calendar().incidents(INFRA, List.of("severity::1", "severity::2"))));
    assertEquals(2, calendar().incidents(INFRA, List.of("severity::1", "severity::2")).size());
    assertEquals(3, calendar().incidents(INFRA, List.of()).size());
  }

  @Test
  void aClosedIncidentHoldsNothing() throws PortException {
    show(INFRA);
    open(INFRA, 1, List.of("a"));
    close(INFRA, 1);
    assertEquals(List.of(), calendar().incidents(INFRA, List.of("a")));
  }

  @Test
  void moreThanAPageOfIncidentsAreAllFound() throws PortException {
    show(INFRA);
    for (long iid = 1; iid <= 205; iid++) {
      open(INFRA, iid, List.of("a"));
    }
    assertEquals(205, calendar().incidents(INFRA, List.of("a")).size());
  }

  @Test
  void aFreezeHoldsFromItsStartOn() throws PortException {
    show(INFRA);
    freeze(INFRA, 4, NOW);
    assertEquals(List.of(), calendar().freezes(INFRA, NOW.minus(DAY)));
    assertEquals(Set.of(INFRA + " freeze period 4"), ids(calendar().freezes(INFRA, NOW.plus(DAY))));
  }

  @Test
  void aProjectThatCannotBeSeenIsNeverQuiet() {
    assertRefused(() -> calendar().incidents("secret/project", List.of("a")));
    assertRefused(() -> calendar().incidents("secret/project", List.of()));
    assertRefused(() -> calendar().freezes("secret/project", NOW));
  }

  @Test
  void silenceIsNotNothing() throws PortException {
    show(INFRA);
    breakNext();
    var silent = assertThrows(PortException.class, () -> calendar().incidents(INFRA, List.of("a")));
    assertEquals(Kind.NOT_DONE, silent.kind());
    assertEquals(List.of(), calendar().incidents(INFRA, List.of("a")));
  }

  private interface Call {
    List<Obstacle> make() throws PortException;
  }

  private static void assertRefused(Call call) {
    PortException refused = assertThrows(PortException.class, call::make);
    assertEquals(Kind.REFUSED, refused.kind());
    assertFalse(refused.getMessage().isBlank());
  }

  private static Set<String> ids(List<Obstacle> obstacles) {
    return obstacles.stream().map(Obstacle::id).collect(Collectors.toSet());
  }
}
