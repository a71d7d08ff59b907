package rollout.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
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

/** Takes looks: asks every question of every guardrail, an identical one only once. */
final class Asking {
  private final Servers servers;
  private final Workers workers;

  Asking(Servers servers, Workers workers) {
    this.servers = servers;
    this.workers = workers;
  }

  List<Input.Answered> take(Effect.Measure measure) throws InterruptedException {
    Map<Question, Reading> answers = ask(measure);
    List<Input.Answered> looks = new ArrayList<>();
    for (Look look : measure.looks()) {
      List<Measurement> measurements =
          look.inquiries().stream().map(one -> measurement(one, answers)).toList();
      looks.add(new Input.Answered(look.number(), look.dueAt(), measurements));
    }
    return looks;
  }

  private Map<Question, Reading> ask(Effect.Measure measure) throws InterruptedException {
    List<Question> questions =
        measure.looks().stream()
            .flatMap(look -> look.inquiries().stream())
            .flatMap(inquiry -> inquiry.questions().stream())
            .map(Asking::withoutRole)
            .distinct()
            .toList();
    List<Callable<Reading>> calls = new ArrayList<>();
    questions.forEach(question -> calls.add(() -> read(question)));
    List<Reading> readings = workers.all(calls);
    Map<Question, Reading> answers = new LinkedHashMap<>();
    for (int i = 0; i < questions.size(); i++) {
      answers.put(questions.get(i), readings.get(i));
    }
    return answers;
  }

  private Reading read(Question question) {
    Signals signals = servers.signals().apply(question.query().source());
    return signals.read(question.query(), question.window());
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
