package rollout.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rollout.core.Event;
import rollout.core.Hindsight;
import rollout.core.Told;
import rollout.port.History;

class ExplainTest {
  @ParameterizedTest
  @CsvSource({
    "three-bad-looks, RollbackDecided",
    "three-bad-looks, Sealed",
    "healthy, StagePassed",
    "healthy, ExposureIntended",
    "no-data, Held",
    "cells, Judged"
  })
  void saysWhy(String transcript, String type) throws IOException {
    History history = Told.by(transcript);
    String text = text(history, last(history, type), true);
    assertTrue(
        text.contains("recomputed from the journal: the same") || type.equals("Sealed"), text);
    Golden.check("explain/" + transcript + "-" + type + ".txt", text);
  }

  @Test
  void asData() throws IOException {
    History history = Told.by("three-bad-looks");
    int seq = Hindsight.lastTurn(history.events());
    JsonNode json = ExplainJson.of(history, Hindsight.of(history.events(), seq));
    assertEquals("same", json.get("recomputed").asText());
    assertEquals("RollbackDecided", json.get("event").get("type").asText());
    String text =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json);
    Golden.check("json/explain.json", text + "\n");
  }

  @Test
  void aTamperedNumberIsNamed() throws IOException {
    History history = Told.by("three-bad-looks");
    int seq = last(history, "RollbackDecided");
    List<Event> events = new ArrayList<>(history.events());
    events.remove(seq - 4);
    events.remove(seq - 4);
    History changed = new History(history.rollout(), events);
    String text = text(changed, seq - 2, false);
    assertTrue(text.contains("recomputed from the journal: NOT the same"), text);
    assertTrue(text.contains("audit verify"), text);
    JsonNode json = ExplainJson.of(changed, Hindsight.of(events, seq - 2));
    assertEquals("different", json.get("recomputed").asText());
    assertTrue(json.get("differences").size() > 0);
    Golden.check("explain/tampered.txt", text);
  }

  private static String text(History history, int seq, boolean all) {
    Hindsight hindsight = Hindsight.of(history.events(), seq);
    return ExplainText.of(history, hindsight, ZoneOffset.UTC, all, 100, Style.PLAIN);
  }

  private static int last(History history, String type) {
    for (int seq = history.events().size(); seq > 0; seq--) {
      if (history.events().get(seq - 1).getClass().getSimpleName().equals(type)) {
        return seq;
      }
    }
    throw new AssertionError("no " + type);
  }
}
