package rollout.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import rollout.core.Inquiries;
import rollout.core.Look;
import rollout.core.Looks;
import rollout.plan.FlagName;
import rollout.plan.GateState;
import rollout.plan.Plan;
import rollout.plan.Question;
import rollout.plan.Safety;
import rollout.plan.SignalQuery;
import rollout.plan.Stage;

/** Walks through a plan as a healthy rollout would, and notes every write and its moment. */
final class Outliner {
  private static final Duration DAY = Duration.ofDays(1);

  /** Long enough after the stage began for every window to lie inside it. */
  private static final Duration LATER = Duration.ofDays(1001);

  private static final String MARKER_ACTOR = "User:0";

  private final Plan plan;
  private final FlagName flag;
  private final Map<String, GateState> gates = new HashMap<>();
  private final Set<String> marked = new HashSet<>();
  private Instant clock;
  private boolean afterApproval;

  private Outliner(Plan plan, FlagName flag, Instant from) {
    this.plan = plan;
    this.flag = flag;
    this.clock = from;
  }

  /**
   * The outline.
   *
   * @throws IllegalArgumentException when a placeholder of a query stays open; the message says
   *     which
   */
  static Outline outline(Plan plan, FlagName flag, Instant from) {
    Outliner outliner = new Outliner(plan, flag, from);
    return new Outline(flag, plan, from, plan.stages().stream().map(outliner::stage).toList());
  }

  private Outline.StageOutline stage(Stage stage) {
    boolean asked = afterApproval;
    List<Outline.Write> writes = writes(stage);
    Instant verified = clock;
    Looks looks = Looks.of(stage, verified, plan.judgement().lag());
    clock = stage.unguarded() ? verified.plus(stage.bake()) : looks.dueAt(looks.planned());
    afterApproval = afterApproval || stage.approval().isPresent();
    Look look = new Inquiries(plan, flag, stage, verified, verified).look(1, verified.plus(LATER));
    boolean watched = !look.inquiries().isEmpty();
    return new Outline.StageOutline(
        stage,
        writes,
        verified,
        clock,
        asked,
        watched ? looks.planned() : 0,
        watched ? looks.required() : 0,
        look.inquiries(),
        queriesADay(stage, look));
  }

  private List<Outline.Write> writes(Stage stage) {
    List<Outline.Write> writes = new ArrayList<>();
    for (String environment : stage.environments()) {
      writes.addAll(writes(stage, environment));
      clock = clock.plus(plan.safety().propagation());
    }
    return writes;
  }

  private List<Outline.Write> writes(Stage stage, String environment) {
    List<Outline.Write> writes = new ArrayList<>();
    GateState found = gates.getOrDefault(environment, GateState.OFF);
    if (raised(stage, found).equals(found)) {
      return writes;
    }
    if (wantsMarker(environment, found)) {
      marked.add(environment);
      writes.add(write(environment, FormBody.MARKER));
      found = found.withActor(MARKER_ACTOR);
      clock = clock.plus(plan.safety().propagation());
    }
    writes.add(write(environment, FormBody.of(plan.safety().gate(), stage.exposure())));
    gates.put(environment, raised(stage, found));
    return writes;
  }

  private GateState raised(Stage stage, GateState from) {
    return from.with(plan.safety().gate(), stage.exposure());
  }

  private boolean wantsMarker(String environment, GateState found) {
    return plan.safety().marker() == Safety.Marker.SELF
        && !marked.contains(environment)
        && found.exposure().isOff();
  }

  private Outline.Write write(String environment, String body) {
    clock = plan.conditions().window(environment).nextOpening(clock).orElse(clock);
    return new Outline.Write(plan.environment(environment), body, clock, afterApproval);
  }

  private static Map<String, Long> queriesADay(Stage stage, Look look) {
    Set<Question> distinct = new HashSet<>();
    look.inquiries().forEach(inquiry -> distinct.addAll(inquiry.questions()));
    Map<String, Long> aDay = new TreeMap<>();
    distinct.stream()
        .map(Question::query)
        .map(SignalQuery::source)
        .forEach(source -> aDay.merge(source, 1L, Long::sum));
    aDay.replaceAll((source, each) -> each * DAY.toMillis() / stage.interval().toMillis());
    return aDay;
  }
}
