package rollout.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.core.RolloutState;
import rollout.plan.RolloutId;
import rollout.plan.Stage;
import rollout.port.Leases;

/** All rollouts, one line each, for {@code list} and {@code status}. */
public final class ListText {
  private ListText() {}

  /**
   * The table, in the order the rollouts come; a sentence when there are none.
   *
   * @param drivers who drives now; none for those that nobody drives
   * @param width lines are cut to this; 0 = never
   */
  public static String of(
      List<RolloutState> states,
      Map<RolloutId, Leases.Taken> drivers,
      Instant now,
      ZoneId zone,
      int width,
      Style style) {
    int room = width == 0 ? Integer.MAX_VALUE : Math.max(Frame.NARROWEST, width);
    if (states.isEmpty()) {
      return Line.of(
                  "No rollout is known here; begin one with: "
                      + style.invocation().line("start", "FLAG"))
              .draw(room, style)
          + "\n";
    }
    Times times = new Times(zone);
    Table table = new Table().head("flag", "phase", "stage", "in force", "started", "reason");
    for (RolloutState state : states) {
      Optional<Leases.Taken> driver = Optional.ofNullable(drivers.get(state.rollout()));
      Optional<String> warning = new Attention(state, now, driver).warning(times);
      addRow(table, new Standing(state, now), warning, times);
    }
    return Line.draw(table.lines(""), room, style);
  }

  private static void addRow(
      Table table, Standing standing, Optional<String> warning, Times times) {
    RolloutState state = standing.state();
    String sandbox = state.started().sandbox() ? " (sandbox)" : "";
    String reason = standing.reason().map(Escape::line).orElse("");
    table.row(
        Line.of(state.flag() + sandbox, Tint.STRONG),
        Line.of(state.phase().word().replace('_', ' '), Frame.tint(standing)),
        Line.of(state.stage().map(Stage::name).map(Escape::line).orElse("–")),
        Line.of(standing.exposureWords()),
        Line.of(times.day(state.started().at())),
        Line.of(warning.map(words -> words + (reason.isEmpty() ? "" : "; ")).orElse(""), Tint.BAD)
            .add(reason));
  }
}
