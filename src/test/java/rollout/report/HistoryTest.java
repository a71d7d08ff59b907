package rollout.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rollout.core.Event;
import rollout.judge.Verdict;
import rollout.port.History;
import rollout.testing.Histories;
import rollout.testing.Scenes;

class HistoryTest {
  @ParameterizedTest
  @EnumSource(
      value = Scenes.class,
      names = {"ROLLED_BACK", "ABORTED", "EVIDENCE_HOLD", "COMPLETED", "RAISING"})
  void looksAsItDid(Scenes scene) throws IOException {
    String text =
        HistoryText.of(
            scene.tell().history(), ZoneId.of("America/New_York"), false, 0, Style.PLAIN);
    Golden.check("history/" + scene.name().toLowerCase(Locale.ROOT) + ".txt", text);
  }

  @Test
  void everyEventHasALineOnRequest() {
    History history = Scenes.ROLLED_BACK.tell().history();
    String text = HistoryText.of(history, ZoneOffset.UTC, true, 100, Style.PLAIN);
    assertEquals(history.events().size() + 2, text.lines().count());
    assertTrue(text.lines().allMatch(line -> Columns.of(line) <= 100));
  }

  @Test
  void jsonCountsWithoutGapsAndKeepsThePlanToItself() {
    History history = Scenes.EVIDENCE_HOLD.tell().history();
    JsonNode json = HistoryJson.of(history);
    assertEquals("gitaly_commit_stats", json.get("flag").asText());
    assertEquals(history.rollout().value(), json.get("rollout").asText());
    int seq = 0;
    for (JsonNode event : json.get("events")) {
      assertEquals(++seq, event.get("seq").asInt());
    }
    assertEquals(history.events().size(), seq);
    assertFalse(json.toString().contains("TOKEN"));
    assertFalse(json.get("events").get(0).has("plan"));
  }

  @Test
  void aHistoryWithoutItsBeginningIsRefused() {
    History none = new History(Histories.started().state().rollout(), List.of());
    assertThrows(IllegalArgumentException.class, () -> HistoryJson.of(none));
  }

  @Test
  void aLookIsNewsWhenAVerdictChangesOrALimitIsCrossed() {
    Histories told = Histories.baking("low");
    assertTrue(isNews(told.looks("low", 1, Histories.allPass())));
    assertFalse(isNews(told.looks("low", 1, Histories.allPass())));
    var breach =
        Histories.finding("p99", Verdict.Kind.INCONCLUSIVE, "breach 1 of 3: 0.61", 0.61, 0.5);
    assertTrue(isNews(told.looks("low", 1, Histories.allPassBut(breach))));
    assertTrue(isNews(told.looks("low", 1, Histories.allPassBut(breach))));
    assertTrue(isNews(told.looks("low", 1, Histories.allPass())));
    var silent = Histories.silent("p99", Verdict.Kind.NO_DATA, "no requests");
    assertTrue(isNews(told.looks("low", 1, Histories.allPassBut(silent))));
    assertFalse(isNews(told.looks("low", 1, Histories.allPassBut(silent))));
  }

  private static boolean isNews(Histories told) {
    List<Event> events = told.events();
    int last = events.size() - 1;
    var before = rollout.core.RolloutState.fold(events.subList(0, last));
    return !EventLine.of(Optional.of(before), events.get(last), ZoneOffset.UTC).isEmpty();
  }

  @Test
  void aConfirmedRaiseNamesItsFormBody() {
    Histories told = Histories.baking("staging").passed("staging").entered("low").raised("low");
    Event last = told.events().get(told.events().size() - 1);
    assertEquals(
        "14:19:20 low: 5% of production confirmed (value=5&key=percentage_of_actors)",
        EventLine.of(Optional.of(told.state()), last, ZoneOffset.UTC));
  }
}
