package rollout.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapeTest {
  @ParameterizedTest
  @CsvSource({
    "0000", "0007", "0009", "000A", "000D", "001B", "007F", "0085", "009B", "00AD", "061C", "115F",
    "180E", "200B", "200D", "200E", "200F", "2028", "2029", "202A", "202E", "2060", "2066", "2069",
    "3164", "FE0F", "FEFF", "FFA0"
  })
  void whatCannotBeSeenIsSpelt(String hex) {
    String harm = Character.toString(Integer.parseInt(hex, 16));
    assertEquals("a\\u" + hex + "b", Escape.line("a" + harm + "b"));
  }

  @Test
  void lettersOfAllLanguagesStay() {
    String text = "Größe 漢字 עברית ру́сский 🦊 e\u0301 \\n \"<>&\"";
    assertEquals(text, Escape.line(text));
  }

  @Test
  void invisibleLettersBeyondTheFirstPlaneAreSpeltAsTheirTwoUnits() {
    assertEquals("\\uDB40\\uDC41", Escape.line(Character.toString(0xE0041)));
  }

  @Test
  void halfALetterIsSpelt() {
    assertEquals("a\\uD83Eb", Escape.line("a\ud83eb"));
  }
}
