package rollout.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollout.core.Event;
import rollout.core.RolloutState;
import rollout.testing.Histories;
import rollout.testing.Scenes;

/** Whole frames, compared with files; what is right is decided by reading those. */
class FrameTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @EnumSource(Scenes.class)
  void looksAsItDid(Scenes scene) throws IOException {
    String name = scene.name().toLowerCase(java.util.Locale.ROOT);
    Golden.check("frames/" + name + ".txt", frame(scene, 100, Style.PLAIN));
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 60, 61, 76, 84, 100, 200})
  void isNeverWiderThanTheTerminal(int width) {
    for (Scenes scene : Scenes.values()) {
      frame(scene, width, Style.PLAIN)
          .lines()
          .forEach(
              line -> assertTrue(Columns.of(line) <= Math.max(Frame.NARROWEST, width), () -> line));
    }
  }

  @ParameterizedTest
  @EnumSource(Scenes.class)
  void isAsciiWhereTheTerminalKnowsNoMore(Scenes scene) {
    String frame = frame(scene, 100, new Style(false, false));
    assertTrue(frame.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7F), frame);
    assertEquals(frame(scene, 100, Style.PLAIN).lines().count(), frame.lines().count());
  }

  @ParameterizedTest
  @EnumSource(Scenes.class)
  void coloursChangeNothingElse(Scenes scene) {
    String coloured = frame(scene, 100, new Style(true, true));
    List<String> bare =
        coloured.replaceAll("\u001b\\[[0-9]+m", "").lines().map(String::stripTrailing).toList();
    assertTrue(coloured.contains("\u001b["));
    assertEquals(frame(scene, 100, Style.PLAIN).lines().toList(), bare);
  }

  @ParameterizedTest
  @EnumSource(Scenes.class)
  void narrowFramesAreWholeToo(Scenes scene) throws IOException {
    String name = scene.name().toLowerCase(java.util.Locale.ROOT);
    Golden.check("frames/narrow/" + name + ".txt", frame(scene, 60, Style.PLAIN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001b[2J", "\u202e", "\u200b", "\r", "\n", "\u0085"})
  void textFromOutsideCannotDraw(String harm) {
    Histories told = Histories.baking("low").rollback("low", "p99", "p99: " + harm + "gone");
    String frame = Frame.draw(told.state(), told.now(), BERLIN, 100, Style.PLAIN);
    assertFalse(frame.replace("\n", "").contains(harm));
    assertTrue(frame.contains("\\u00") || frame.contains("\\u20"), frame);
  }

  @ParameterizedTest
  @EnumSource(Scenes.class)
  void everyMomentOnTheWayCanBeShown(Scenes scene) {
    List<Event> events = scene.tell().events();
    RolloutState state = RolloutState.fold(events.subList(0, 1));
    for (Event event : events.subList(1, events.size())) {
      state = state.apply(event);
      String frame = Frame.draw(state, event.at(), BERLIN, 80, Style.PLAIN);
      assertTrue(frame.contains(state.phase().word().replace('_', ' ')), frame);
      assertEquals(state.phase().word(), StatusJson.of(state, event.at()).get("phase").asText());
    }
  }

  private static String frame(Scenes scene, int width, Style style) {
    Histories told = scene.tell();
    RolloutState state = told.state();
    return Frame.draw(state, told.now().plus(Duration.ofSeconds(18)), BERLIN, width, style);
  }
}
