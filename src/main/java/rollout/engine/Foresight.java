package rollout.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.core.Comparisons;
import rollout.core.Foreseen;
import rollout.core.Inquiries;
import rollout.core.Look;
import rollout.judge.Reading;
import rollout.judge.sequential.Arm;
import rollout.judge.sequential.Detectable;
import rollout.judge.sequential.Past;
import rollout.judge.sequential.Spending;
import rollout.plan.Check;
import rollout.plan.FlagName;
import rollout.plan.Guardrail;
import rollout.plan.Plan;
import rollout.plan.Question;
import rollout.plan.Role;
import rollout.plan.Stage;
import rollout.plan.Window;
import rollout.port.Archive;
import rollout.port.PortException;

/** How much each stage could see, from what its sources counted in the last week. */
public final class Foresight {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration STEP = Duration.ofMinutes(30);
  private static final int STEPS = (int) WEEK.dividedBy(STEP);
  private static final int GITALY_ACTORS = 4;

  private static final Role[][] PAIRS = {
    {Role.ERRORS, Role.REQUESTS},
    {Role.TREATED_ERRORS, Role.TREATED_REQUESTS},
    {Role.CONTROL_ERRORS, Role.CONTROL_REQUESTS}
  };

  private final Plan plan;
  private final FlagName flag;
  private final Map<String, Archive> archives;
  private final Instant now;

  /**
   * @param archives the sources that can look back, by name
   */
  public Foresight(Plan plan, FlagName flag, Map<String, Archive> archives, Instant now) {
    this.plan = plan;
    this.flag = flag;
    this.archives = archives;
    this.now = now;
  }

  /**
   * What was found, stage by stage; a guardrail that counts no errors, or whose source cannot look
   * back, is left out.
   *
   * @throws PortException when a source did not answer
   */
  public List<Foreseen> all() throws PortException {
    List<Foreseen> all = new ArrayList<>();
    for (Stage stage : plan.stages()) {
      Instant end = now.minus(plan.judgement().lag());
      Look look = new Inquiries(plan, flag, stage, Instant.EPOCH, Instant.EPOCH).look(1, end);
      for (Look.Inquiry inquiry : look.inquiries()) {
        Optional<Week> week = week(inquiry);
        if (week.isPresent() && week.get().total().requests() > 0) {
          all.add(foreseen(stage, inquiry, week.get()));
        }
      }
    }
    return all;
  }

  /**
   * What was counted in the last week.
   *
   * @param steps counts in half an hour each, oldest first
   */
  private record Week(Instant end, List<Arm> steps) {
    Arm total() {
      return steps.stream().filter(Arm::isSound).reduce(Arm.NOTHING, Arm::plus);
    }

    double perSecond() {
      long sound = steps.stream().filter(Arm::isSound).count();
      return total().requests() / Math.max(1, sound) / STEP.toSeconds();
    }

    double errorRate() {
      return total().errors() / total().requests();
    }
  }

  private Optional<Week> week(Look.Inquiry inquiry) throws PortException {
    Map<Role, Question> questions = new EnumMap<>(Role.class);
    inquiry.questions().forEach(one -> questions.put(one.role(), one));
    List<Arm> steps = new ArrayList<>();
    Instant end = inquiry.window().to();
    for (Role[] pair : PAIRS) {
      if (questions.containsKey(pair[0]) && questions.containsKey(pair[1])) {
        add(steps, counts(questions.get(pair[0])), counts(questions.get(pair[1])), inquiry);
      }
    }
    return steps.isEmpty() ? Optional.empty() : Optional.of(new Week(end, steps));
  }

  private List<Reading> counts(Question question) throws PortException {
    Archive archive = archives.get(question.query().source());
    if (archive == null || !archive.holds(question.query())) {
      return List.of();
    }
    Window window = question.window();
    Instant first = window.to().minus(STEP.multipliedBy(STEPS - 1));
    return archive.past(question.query(), window.length(), first, STEP, STEPS);
  }

  /** Each step's window stands for the whole of the half hour. */
  private static void add(
      List<Arm> steps, List<Reading> errors, List<Reading> requests, Look.Inquiry inquiry) {
    double scale = (double) STEP.toMillis() / Math.max(1, inquiry.window().length().toMillis());
    for (int i = 0; i < Math.min(errors.size(), requests.size()); i++) {
      if (requests.get(i) instanceof Reading.Value all) {
        double failed = errors.get(i) instanceof Reading.Value some ? some.value() : 0;
        Arm arm = new Arm(failed * scale, all.value() * scale);
        if (i < steps.size()) {
          steps.set(i, steps.get(i).isSound() ? steps.get(i).plus(arm) : arm);
        } else {
          steps.add(arm);
        }
      } else if (i >= steps.size()) {
        steps.add(Arm.MISSING);
      }
    }
  }

  private Foreseen foreseen(Stage stage, Look.Inquiry inquiry, Week week) {
    Guardrail guardrail = plan.guardrail(inquiry.guardrail());
    Sight sight =
        guardrail.check() instanceof Check.Compare compare
            ? compared(compare, spending(guardrail, inquiry), stage, week)
            : limited((Check.Ratio) guardrail.check(), guardrail, stage, week);
    return new Foreseen(
        stage.name(),
        guardrail.name(),
        inquiry.environment(),
        week.perSecond() * stage.bake().toMillis() / 1000,
        week.errorRate(),
        sight.ratio().filter(Double::isFinite),
        sight.twice().filter(time -> time.compareTo(stage.bake()) <= 0),
        sight.fivefold().filter(time -> time.compareTo(stage.bake()) <= 0));
  }

  private record Sight(
      Optional<Double> ratio, Optional<Duration> twice, Optional<Duration> fivefold) {}

  /** A limit sees nothing of what all requests together do not cross. */
  private Sight limited(Check.Ratio check, Guardrail guardrail, Stage stage, Week week) {
    double usual = week.errorRate();
    double least = usual > 0 ? 1 + (check.maxRatio() / usual - 1) / share(stage) : Double.NaN;
    Duration lasting = guardrail.lasting().shortest(stage.interval());
    Duration window = guardrail.windowFor(stage.interval());
    return new Sight(
        Optional.of(least),
        least < 2 ? Optional.of(window.plus(lasting)) : Optional.empty(),
        least < 5 ? Optional.of(window.plus(lasting)) : Optional.empty());
  }

  private Spending spending(Guardrail guardrail, Look.Inquiry inquiry) {
    return new Comparisons(plan, guardrail, inquiry.environment()).spending(1);
  }

  private Sight compared(Check.Compare check, Spending spending, Stage stage, Week week) {
    boolean controlled = check.isControlledAt(stage.exposure());
    Past past = Past.of(week.end().getEpochSecond(), week.steps(), List.of(), List.of());
    Detectable detectable =
        new Detectable(
            spending,
            controlled ? check.tolerance().concurrent() : check.tolerance().history(),
            week.errorRate(),
            controlled ? past.dispersion() : past.historyDispersion());
    double treated = week.perSecond() * (controlled ? share(stage) : 1);
    double control = controlled ? week.perSecond() - treated : treated;
    double seconds = stage.bake().toMillis() / 1000.0;
    double interval = stage.interval().toMillis() / 1000.0;
    return new Sight(
        Optional.of(detectable.ratio(treated * seconds, control * seconds, seconds / interval)),
        time(detectable.seconds(2, treated, control, interval)),
        time(detectable.seconds(5, treated, control, interval)));
  }

  private static Optional<Duration> time(double seconds) {
    return Double.isFinite(seconds)
        ? Optional.of(Duration.ofSeconds((long) Math.ceil(Math.min(seconds, 1e9))))
        : Optional.empty();
  }

  /** Of the requests that see the flag. */
  private double share(Stage stage) {
    double actors = stage.exposure().share().fraction();
    return flag.isGitaly() ? 1 - Math.pow(1 - actors, GITALY_ACTORS) : actors;
  }
}
