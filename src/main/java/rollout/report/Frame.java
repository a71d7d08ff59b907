package rollout.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import rollout.core.RolloutState;
import rollout.plan.Stage;

/**
 * The live view of {@code start}: one whole picture of a rollout at one moment. Whoever shows it
 * draws the next one over it.
 */
public final class Frame {
  /** The least width that is drawn for; a narrower terminal is treated as if it were this wide. */
  public static final int NARROWEST = 60;

  /** The width where the terminal's is not known. */
  public static final int DEFAULT_WIDTH = 100;

  private Frame() {}

  /**
   * The picture, lines ended by {@code \n}, none wider than the larger of {@code width} and {@link
   * #NARROWEST}.
   */
  public static String draw(RolloutState state, Instant now, ZoneId zone, int width, Style style) {
    int room = Math.max(NARROWEST, width);
    List<Line> lines = lines(new Standing(state, now), new Times(zone), room, style.invocation());
    return Line.draw(lines, room, style);
  }

  private static List<Line> lines(
      Standing standing, Times times, int width, Invocation invocation) {
    List<Line> lines = new ArrayList<>(header(standing, times));
    addPart(lines, body(standing, times, width, invocation));
    return lines;
  }

  /** Everything below the header. */
  static List<Line> body(Standing standing, Times times, int width, Invocation invocation) {
    List<Line> lines = new ArrayList<>(StageSection.of(standing));
    addPart(lines, present(standing, times, width));
    addPart(lines, GuardrailSection.of(standing, width));
    addPart(lines, StepSection.of(standing.state(), width, invocation));
    return lines;
  }

  private static List<Line> present(Standing standing, Times times, int width) {
    RolloutState state = standing.state();
    return state
        .end()
        .map(end -> EndSection.of(standing, end, times, width))
        .or(() -> state.takeBack().map(back -> TakeBackSection.of(standing, back, times, width)))
        .orElseGet(() -> PresentSection.of(standing, times, width));
  }

  static void addPart(List<Line> lines, List<Line> part) {
    if (!part.isEmpty()) {
      lines.add(Line.blank());
      lines.addAll(part);
    }
  }

  static List<Line> header(Standing standing, Times times) {
    RolloutState state = standing.state();
    Instant started = state.started().at();
    return List.of(
        Line.of(state.flag().value(), Tint.STRONG)
            .add(" · ")
            .add(title(standing), tint(standing))
            .add(state.started().sandbox() ? " · sandbox" : "", Tint.DOUBTFUL),
        Line.of(
            "started "
                + times.day(started)
                + ", "
                + Times.distance(standing.now(), started)
                + ", by "
                + Escape.line(state.started().actor().toString()),
            Tint.FAINT),
        Line.of("rollout " + state.rollout(), Tint.FAINT));
  }

  /** {@code baking stage low (3 of 5)}. */
  private static String title(Standing standing) {
    RolloutState state = standing.state();
    String phase = state.phase().word().replace('_', ' ');
    boolean over = state.end().isPresent();
    return phase
        + state
            .stage()
            .filter(stage -> !over)
            .map(stage -> ", stage " + Escape.line(stage.name()) + place(state, stage))
            .orElse("");
  }

  private static String place(RolloutState state, Stage stage) {
    List<Stage> stages = state.plan().stages();
    return " (" + (stages.indexOf(stage) + 1) + " of " + stages.size() + ")";
  }

  static Tint tint(Standing standing) {
    return switch (standing.state().phase()) {
      case PREFLIGHT, ENTERING, BAKING -> Tint.PLAIN;
      case AWAITING_APPROVAL, AWAITING_WINDOW, HELD, STEPPING_BACK, SEALING -> Tint.DOUBTFUL;
      case COMPLETED -> Tint.GOOD;
      case ROLLING_BACK, ROLLED_BACK, ABORTED -> Tint.BAD;
    };
  }
}
