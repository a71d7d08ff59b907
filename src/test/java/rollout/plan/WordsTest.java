package rollout.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small words of a plan: percentages, durations, names, templates. */
class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "5%, 5000, 5",
    "0.1%, 100, 0.1",
    "0.001%, 1, 0.001",
    "100%, 100000, 100",
    "50.50%, 50500, 50.5",
    "0%, 0, 0",
    "' 7 %', 7000, 7"
  })
  void readsAPercentage(String text, int thousandths, String number) {
    assertEquals(new Percentage(thousandths), Percentage.parse(text));
    assertEquals(number, Percentage.parse(text).number());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"50", "", "%", "-1%", "100.001%", "1e2%", "0.0001%", "5,5%", "five%", "١%"})
  void refusesWhatIsNoPercentage(String text) {
    assertThrows(IllegalArgumentException.class, () -> Percentage.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, 500, 500ms",
    "90s, 90000, 90s",
    "15m, 900000, 15m",
    "2h, 7200000, 2h",
    "7d, 604800000, 7d",
    "120s, 120000, 2m",
    "1w, 604800000, 7d",
    "0s, 0, 0s",
    "1500ms, 1500, 1500ms"
  })
  void readsAndWritesADuration(String text, long millis, String written) {
    assertEquals(Duration.ofMillis(millis), Durations.parse(text));
    assertEquals(written, Durations.format(Duration.ofMillis(millis)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5 m", "-5m", "1.5h", "5M", "1001d", "999999999999w", "5m30s"})
  void refusesWhatIsNoDuration(String text) {
    assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "300, 0.3s",
    "1000, 1s",
    "42000, 42s",
    "125000, 2m 5s",
    "7500000, 2h 5m",
    "532800000, 6d 4h",
    "86400000, 1d"
  })
  void saysADurationInWords(long millis, String words) {
    assertEquals(words, Durations.words(Duration.ofMillis(millis)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "1a", "a-b", "a.b", "a/b", "../x", "a b", "a\n", "é"})
  void refusesWhatIsNoFlagName(String name) {
    assertThrows(IllegalArgumentException.class, () -> new FlagName(name));
  }

  @Test
  void callsAGitalyFlagAsGitalyDoes() {
    assertEquals("commit_stats", new FlagName("gitaly_commit_stats").feature());
    assertEquals("gitaly_", new FlagName("gitaly_").feature());
    assertEquals("other", new FlagName("other").feature());
  }

  @Test
  void everyExposureLeavesTheGatesOfTheTruthTable() {
    GateState marked = GateState.OFF.withActor("User:1");
    GateState five = marked.with(Gate.PERCENTAGE_OF_ACTORS, Exposure.parse("5%"));
    assertEquals("5% of actors, actors User:1", five.toString());
    assertEquals(GateState.on(), five.with(Gate.PERCENTAGE_OF_ACTORS, Exposure.FULL));
    assertEquals(GateState.OFF, five.with(Gate.PERCENTAGE_OF_ACTORS, Exposure.OFF));
    assertEquals(Exposure.OFF, marked.exposure());
    assertFalse(marked.isOff());
    assertFalse(marked.isWide());
    assertTrue(five.isWide());
    GateState onAndFive = GateState.on().with(Gate.PERCENTAGE_OF_ACTORS, Exposure.parse("5%"));
    assertNotEquals(GateState.on(), onAndFive);
    assertEquals(Exposure.FULL, onAndFive.exposure());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "a{b=\"{{v}}\"}, x\"y, a{b=\"x\\\"y\"}",
        "a{b='{{v}}'}, x'y, a{b='x\\'y'}",
        "a{b=\"{{ v }}\"}, x\\y, a{b=\"x\\\\y\"}",
        "a{b=\"'{{v}}\"}, x'\"y, a{b=\"'x'\\\"y\"}",
        "a{b=\"\\\"{{v}}\"}, \"}, a{b=\"\\\"\\\"}\"}"
      })
  void aValueNeverEndsItsPromqlString(String template, String value, String rendered) {
    assertEquals(rendered, Template.render(template, Map.of("v", value), Template.Language.PROMQL));
  }

  @Test
  void onlyTheWindowMayStandUnquoted() {
    assertEquals(
        Optional.of("v"),
        Template.unquotedPlaceholder("a{b=\"c\"}[{{window}}] + {{v}}", Template.Language.PROMQL));
    assertEquals(
        Optional.empty(),
        Template.unquotedPlaceholder("a{b=\"{{v}}\"}[{{window}}]", Template.Language.PROMQL));
    assertThrows(
        IllegalArgumentException.class,
        () -> Template.render("{{v}}", Map.of("v", "1"), Template.Language.PROMQL));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\"", "a)", "a\nb", "!a", "a*"})
  void aValueIsOneTermOfASentrySearch(String value) {
    Map<String, String> values = Map.of("v", value);
    assertThrows(
        IllegalArgumentException.class,
        () -> Template.render("x:{{v}}", values, Template.Language.SENTRY_SEARCH));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "m:{{v}}       | CommitStats | m:CommitStats",
        "m:{{v}}       | a b:c       | m:a\\ b\\:c",
        "m:{{v}}       | a\"b        | m:a\\\"b",
        "m:{{v}}       | (x OR y)*   | m:\\(x\\ OR\\ y\\)\\*",
        "m:{{v}}       | OR          | m:\\OR",
        "m:\"{{v}}\"   | a\"b\\c      | m:\"a\\\"b\\\\c\"",
        "m:\"{{v}}\"   | a <b>       | m:\"a <b>\"",
        "m:\\/x\\/{{v}} | a.b        | m:\\/x\\/a.b",
        "m:/{{v}}/     | abc         | m:/abc/",
      })
  void aValueIsOneTermOfALuceneSearch(String template, String value, String rendered) {
    assertEquals(rendered, Template.render(template, Map.of("v", value), Template.Language.LUCENE));
  }

  @ParameterizedTest
  @CsvSource({"m:{{v}}, a<b", "m:/{{v}}/, a.b", "m:{{v}}, ''", "'m:\"{{v}}\"', 'a\tb'"})
  void whatNoEscapingKeepsInsideIsRefused(String template, String value) {
    Map<String, String> values = Map.of("v", value);
    assertThrows(
        IllegalArgumentException.class,
        () -> Template.render(template, values, Template.Language.LUCENE));
  }

  @Test
  void aValueStaysInsideItsMatcherAndItsIndex() {
    assertEquals(
        "env=\"a\\\"b\"",
        Template.render("env=\"{{v}}\"", Map.of("v", "a\"b"), Template.Language.MATCHER));
    assertEquals(
        Optional.of("v"), Template.unquotedPlaceholder("env={{v}}", Template.Language.MATCHER));
    assertEquals(
        "logs-gprd-*",
        Template.render("logs-{{v}}-*", Map.of("v", "gprd"), Template.Language.INDEX));
    for (String other : List.of("*", "a,b", "../x", "<now>", "a b")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> Template.render("logs-{{v}}", Map.of("v", other), Template.Language.INDEX));
    }
  }

  @Test
  void aPlaceholderWithoutAValueIsAnError() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Template.render("{{open}}", Map.of(), Template.Language.PLAIN));
  }
}
