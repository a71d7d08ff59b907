package rollout.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rollout.core.Foreseen;
import rollout.plan.FlagName;
import rollout.port.Head;
import rollout.port.Health;
import rollout.port.Leases;
import rollout.testing.Histories;
import rollout.testing.Plans;
import rollout.testing.Scenes;

/** The texts for people but the frame, compared with files where they are long. */
class TextTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant NOW = Histories.BEGIN;

  @ParameterizedTest
  @EnumSource(
      value = Scenes.class,
      names = {"BAKING", "EVIDENCE_HOLD", "AWAITING_APPROVAL", "ROLLED_BACK"})
  void status(Scenes scene) throws IOException {
    Histories told = scene.tell();
    Leases.Holder holder = new Leases.Holder("ana", "laptop", 4711, NOW);
    Leases.Taken taken = new Leases.Taken(holder, 3, Duration.ofMinutes(9), true);
    Optional<Leases.Taken> driver = scene == Scenes.BAKING ? Optional.of(taken) : Optional.empty();
    String text =
        StatusText.of(
            told.state(),
            told.now().plusSeconds(18),
            driver,
            new Head(told.state().version(), "9f".repeat(32)),
            BERLIN,
            100,
            Style.PLAIN);
    Golden.check("status/" + scene.name().toLowerCase(Locale.ROOT) + ".txt", text);
  }

  @Test
  void list() throws IOException {
    var states =
        List.of(Scenes.BAKING, Scenes.EVIDENCE_HOLD, Scenes.RAISING, Scenes.COMPLETED).stream()
            .map(scene -> scene.tell().state())
            .toList();
    Golden.check("list.txt", ListText.of(states, Map.of(), NOW, BERLIN, 120, Style.PLAIN));
    assertEquals(
        "No rollout is known here; begin one with: rollout start FLAG\n",
        ListText.of(List.of(), Map.of(), NOW, BERLIN, 0, Style.PLAIN));
  }

  @Test
  void doctor() throws IOException {
    Map<String, List<Health.Finding>> findings = new LinkedHashMap<>();
    findings.put(
        "production (GitLab)",
        List.of(
            new Health.Finding(Health.Wellness.WELL, "reached", "https://gitlab.com, 17.6.1"),
            new Health.Finding(
                Health.Wellness.ILL,
                "scopes",
                "GET /personal_access_tokens/self: the token has read_api and lacks api and"
                    + " admin_mode; make one that has both")));
    findings.put(
        "prometheus",
        List.of(new Health.Finding(Health.Wellness.DOUBTFUL, "clock", "\u001b[2J4s ahead")));
    Golden.check("doctor.txt", DoctorText.of(findings, 80, Style.PLAIN));
    JsonNode server = DoctorJson.of(findings).get("servers").get(1);
    assertEquals("prometheus", server.get("server").asText());
    assertEquals("doubtful", server.get("findings").get(0).get("wellness").asText());
    assertEquals("\\u001B[2J4s ahead", server.get("findings").get(0).get("detail").asText());
  }

  @Test
  void plan() throws IOException {
    String text = PlanText.of(Plans.checklist(), Plans.FLAG, NOW, foreseen(), BERLIN, Style.PLAIN);
    Golden.check("plan.txt", text);
    assertTrue(text.contains("5% of actors is up to 18.5% of calls"), text);
    assertFalse(text.contains("…"), "nothing is cut");
  }

  private static Outlook foreseen() {
    return new Outlook(
        List.of(
            new Foreseen(
                "mid",
                "grpc-errors",
                "production",
                4_320_000.4,
                0.0005,
                Optional.of(1.61),
                Optional.of(Duration.ofMinutes(40)),
                Optional.empty())),
        Optional.of("the source prometheus did not answer"));
  }

  @Test
  void planAsData() throws IOException {
    JsonNode json = PlanJson.of(Plans.checklist(), Plans.FLAG, NOW, foreseen());
    List<String> bodies = json.findValuesAsText("body");
    assertEquals(
        List.of(
            "value=true&user=<token's user>",
            "value=true",
            "value=true&user=<token's user>",
            "value=true",
            "value=true&user=<token's user>",
            "value=5&key=percentage_of_actors",
            "value=50&key=percentage_of_actors",
            "value=true",
            "value=false",
            "value=false",
            "value=false"),
        bodies);
    String text =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json);
    Golden.check("json/plan.json", text + "\n");
  }

  @Test
  void aPlanWithAnOpenPlaceholderSaysWhich() {
    FlagName other = new FlagName("gitaly_other");
    Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> PlanJson.of(Plans.checklist(), other, NOW, Outlook.UNASKED));
    assertTrue(refused.getMessage().contains("{{method}}"), refused.getMessage());
  }

  @Test
  void numbersHaveThreeDigitsAtMost() {
    assertEquals("0.123%", Numbers.text(0.0012345, Numbers.Unit.SHARE));
    assertEquals("7%", Numbers.text(0.07, Numbers.Unit.SHARE));
    assertEquals("12,345", Numbers.text(12345.4, Numbers.Unit.PLAIN));
    assertEquals("0.512", Numbers.text(0.5123, Numbers.Unit.PLAIN));
    assertEquals("0", Numbers.text(0, Numbers.Unit.PLAIN));
    assertEquals("NaN", Numbers.text(Double.NaN, Numbers.Unit.SHARE));
    assertEquals("-infinite", Numbers.text(Double.NEGATIVE_INFINITY, Numbers.Unit.PLAIN));
  }

  @Test
  void wideLettersTakeTwoColumns() {
    assertEquals(6, Columns.of("漢字🦊"));
    assertEquals("漢…", Columns.fit("漢字🦊", 4));
    assertEquals(1, Columns.of("e\u0301"));
    assertEquals(3, Wrap.lines("漢字漢字漢字", "", 5, Tint.PLAIN).size());
  }

  @Test
  void sparklinesReachFromZeroToTheLimit() {
    assertEquals("▁▅█", Drawing.sparkline(List.of(0.0, 0.5, 1.0), Optional.of(1.0), 10));
    assertEquals("▅█", Drawing.sparkline(List.of(9.0, 1.0, 2.0), Optional.of(0.0), 2));
    assertEquals(" ▁", Drawing.sparkline(List.of(Double.NaN, -3.0), Optional.of(Double.NaN), 10));
    assertEquals("", Drawing.sparkline(List.of(), Optional.empty(), 10));
  }
}
