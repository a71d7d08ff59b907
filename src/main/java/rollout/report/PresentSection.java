package rollout.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.core.EnvironmentState;
import rollout.core.Hold;
import rollout.core.HoldKind;
import rollout.core.Phase;
import rollout.core.Progress;
import rollout.core.Trouble;
import rollout.plan.Durations;
import rollout.plan.Safety;
import rollout.plan.Stage;

/** What goes on in the present stage: its way into force, its bake, and what it waits for. */
final class PresentSection {
  private static final int WIDEST_BAR = 40;
  private static final int BESIDE_BAR = 4;
  private static final int NARROWEST_BAR = 8;
  private static final Duration CLOCK_SAYS_ENOUGH = Duration.ofHours(12);

  private final Standing standing;
  private final Times times;
  private final int width;
  private final List<Line> lines = new ArrayList<>();

  private PresentSection(Standing standing, Times times, int width) {
    this.standing = standing;
    this.times = times;
    this.width = width;
  }

  static List<Line> of(Standing standing, Times times, int width) {
    PresentSection section = new PresentSection(standing, times, width);
    section.addAll();
    return section.lines;
  }

  private void addAll() {
    standing.state().holds().values().forEach(this::addHold);
    standing.troubles().forEach(this::addTrouble);
    standing.question().ifPresent(question -> wrap(question, Tint.DOUBTFUL));
    standing.state().stage().ifPresent(this::addStage);
    standing
        .watching()
        .nextLookAt()
        .ifPresent(at -> lines.add(Line.of("  next look " + soon(at), Tint.FAINT)));
  }

  private void addHold(Hold hold) {
    String what = hold.kind() == HoldKind.WINDOW ? "waiting since " : "held since ";
    String since = what + times.clock(hold.since()) + ": " + hold.reason();
    wrap(since, Tint.DOUBTFUL);
  }

  private void addTrouble(String environment, Trouble trouble) {
    String text =
        environment
            + ": GitLab fails us since "
            + times.clock(trouble.since())
            + ", asked again "
            + Times.due(standing.now(), trouble.retryAt())
            + ": "
            + trouble.reason();
    wrap(text, Tint.BAD);
  }

  private void wrap(String text, Tint tint) {
    lines.addAll(Wrap.lines(Escape.line(text), "  ", width, tint));
  }

  private void addStage(Stage stage) {
    Progress.Activity activity = standing.state().progress().activity();
    if (activity == Progress.Activity.ENTERING) {
      wrap(entering(stage), Tint.PLAIN);
    } else if (activity == Progress.Activity.BAKING) {
      addBake(stage);
    }
  }

  private String entering(Stage stage) {
    String cell = standing.state().entering().orElseThrow();
    EnvironmentState here = standing.state().environment(cell);
    Safety safety = standing.state().plan().safety();
    String share = EventWords.share(stage.exposure(), cell);
    Map<String, Instant> confirmed = standing.state().progress().confirmed();
    Optional<Instant> last = confirmed.values().stream().max(Instant::compareTo);
    if (last.isPresent() && last.get().plus(safety.propagation()).isAfter(standing.now())
        || confirmed.containsKey(cell)) {
      return stage.exposure()
          + " of "
          + String.join(", ", confirmed.keySet())
          + " confirmed; in force everywhere "
          + soon(last.orElseThrow(), safety);
    }
    if (here.isUncertain()) {
      return "raise to " + share + " sent, and nobody knows whether it worked; looking";
    }
    if (here.intent().isPresent()) {
      return "raising to " + share;
    }
    if (standing.state().phase() == Phase.HELD) {
      return share + " waits for the hold to be lifted";
    }
    if (standing.state().phase() == Phase.AWAITING_WINDOW) {
      return share + " waits for the window" + opens();
    }
    return here.markedAt()
        .map(at -> "marker set in " + cell + "; raise " + soon(at, safety))
        .orElse("looking at the flag in " + cell + " before the raise to " + share);
  }

  private String opens() {
    return standing
        .windowOpensAt()
        .map(at -> ", which opens " + Times.due(standing.now(), at) + ", " + times.day(at))
        .orElse("");
  }

  private String soon(Instant from, Safety safety) {
    return soon(from.plus(safety.propagation()));
  }

  private String soon(Instant at) {
    return Times.due(standing.now(), at) + ", " + times.clock(at);
  }

  private void addBake(Stage stage) {
    double share = stage.bake().isZero() ? 1 : ratio(standing.watching().baked(), stage.bake());
    String done = (int) Math.floor(Math.min(1, share) * 100) + "% of ";
    String words = done + Durations.words(stage.bake()) + left();
    String more = words + until();
    String text = more.length() <= width - BESIDE_BAR - NARROWEST_BAR ? more : words;
    int columns = Math.min(WIDEST_BAR, width - BESIDE_BAR - text.length());
    lines.add(
        Line.of("  ")
            .add(Drawing.bar(share, Math.max(NARROWEST_BAR, columns)), Tint.GOOD)
            .add("  " + text));
    standing.extended().ifPresent(why -> wrap(why, Tint.DOUBTFUL));
    if (standing.watching().isStopped()) {
      wrap("the bake clock stands still while looks prove nothing", Tint.DOUBTFUL);
    }
  }

  private Duration untilBaked() {
    return Duration.between(standing.now(), standing.watching().bakeEndsAt().orElseThrow());
  }

  private String left() {
    Duration left = untilBaked();
    return left.isNegative() || left.isZero()
        ? ", the bake is over"
        : ", " + Times.words(left) + " left";
  }

  private String until() {
    Duration left = untilBaked();
    if (left.isNegative() || left.isZero()) {
      return "";
    }
    Instant end = standing.now().plus(left);
    boolean soon = left.compareTo(CLOCK_SAYS_ENOUGH) < 0;
    return ", until " + (soon ? times.clock(end) : times.day(end));
  }

  private static double ratio(Duration part, Duration whole) {
    return (double) part.toMillis() / whole.toMillis();
  }
}
