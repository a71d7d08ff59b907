package rollout.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import rollout.core.Effect;
import rollout.core.Input;
import rollout.core.Look;
import rollout.judge.Measurement;
import rollout.judge.Reading;
import rollout.plan.Question;
import rollout.plan.Role;
import rollout.port.Signals;

/**
 * Takes looks: asks every question of every guardrail, an identical one only once, and one query
 * over many windows in as few requests as the source can do. A round of made-up looks ends early
 * when a source falls silent: between rounds the journal is heard.
 */
final class Asking {
  /** How long a round waits for the next answer once its first look is answered. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Servers servers;
  private final Workers workers;

  Asking(Servers servers, Workers workers) {
    this.servers = servers;
    this.workers = workers;
  }

  /**
   * What came of a round.
   *
   * @param looks the oldest of those that were asked for, at least one of them
   * @param more whether some are left for the next round
   */
  record Taken(List<Input.Answered> looks, boolean more) {}

  Taken take(Effect.Measure measure) throws InterruptedException {
    Map<Question, Reading> answers = ask(measure.looks());
    List<Input.Answered> looks = new ArrayList<>();
    for (Look look : measure.looks()) {
      if (!answers.keySet().containsAll(questions(look))) {
        return new Taken(looks, true);
      }
      List<Measurement> measurements =
          look.inquiries().stream().map(one -> measurement(one, answers)).toList();
      looks.add(new Input.Answered(look.number(), look.dueAt(), measurements));
    }
    return new Taken(looks, false);
  }

  /**
   * Reads what was before a rollout, one series after the other: a source that does not answer for
   * one is not asked for the others.
   */
  List<Input.PastAnswer> past(Effect.ReadPast past) {
    List<Input.PastAnswer> answers = new ArrayList<>();
    for (Effect.Series series : past.series()) {
      Input.PastAnswer answer = new Input.PastAnswer(series, readAll(series));
      answers.add(answer);
      if (answer.readings().stream().anyMatch(Reading.Unavailable.class::isInstance)) {
        break;
      }
    }
    return answers;
  }

  private List<Reading> readAll(Effect.Series series) {
    Signals signals = servers.signals().apply(series.query().source());
    int most = signals.windowsAtOnce();
    List<Reading> readings = new ArrayList<>();
    for (int from = 0; from < series.windows().size(); from += most) {
      int to = Math.min(series.windows().size(), from + most);
      readings.addAll(signals.readAll(series.query(), series.windows().subList(from, to)));
      if (readings.get(readings.size() - 1) instanceof Reading.Unavailable) {
        return readings;
      }
    }
    return readings;
  }

  private Map<Question, Reading> ask(List<Look> looks) throws InterruptedException {
    List<Batch> batches = Batch.of(looks.stream().map(Asking::questions).toList(), this::atOnce);
    long forTheFirstLook = batches.stream().filter(batch -> batch.firstLook() == 0).count();
    List<Callable<List<Reading>>> calls = new ArrayList<>();
    batches.forEach(batch -> calls.add(() -> read(batch)));
    List<List<Reading>> readings = workers.some(calls, (int) forTheFirstLook, PATIENCE);
    Map<Question, Reading> answers = new HashMap<>();
    for (int i = 0; i < readings.size(); i++) {
      for (int window = 0; window < readings.get(i).size(); window++) {
        answers.put(batches.get(i).question(window), readings.get(i).get(window));
      }
    }
    return answers;
  }

  private int atOnce(String source) {
    return servers.signals().apply(source).windowsAtOnce();
  }

  private List<Reading> read(Batch batch) {
    Signals signals = servers.signals().apply(batch.query().source());
    return signals.readAll(batch.query(), batch.windows());
  }

  private static List<Question> questions(Look look) {
    return look.inquiries().stream()
        .flatMap(inquiry -> inquiry.questions().stream())
        .map(Asking::withoutRole)
        .toList();
  }

  private static Measurement measurement(Look.Inquiry inquiry, Map<Question, Reading> answers) {
    Map<Role, Reading> readings = new EnumMap<>(Role.class);
    for (Question question : inquiry.questions()) {
      readings.put(question.role(), answers.get(withoutRole(question)));
    }
    return new Measurement(
        inquiry.guardrail(),
        Optional.of(inquiry.environment()),
        inquiry.window(),
        inquiry.full(),
        readings);
  }

  /** The same query over the same window is the same question, whoever asks. */
  private static Question withoutRole(Question question) {
    return new Question(Role.VALUE, question.query(), question.window());
  }
}
