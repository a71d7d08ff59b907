package rollout.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import rollout.core.Checks;
import rollout.core.Input;
import rollout.core.Obstacle;
import rollout.plan.RaiseConditions;
import rollout.port.Calendar;
import rollout.port.PortException;

/** Asks the calendars that a plan names. */
final class CalendarAsking {
  private final Function<String, Calendar> calendars;

  /**
   * @param calendars by environment
   */
  CalendarAsking(Function<String, Calendar> calendars) {
    this.calendars = calendars;
  }

  /** One question to one calendar. */
  interface Question {
    List<Obstacle> ask(Instant now) throws PortException;
  }

  /** What is to be asked before a raise, by check. */
  Map<String, Question> questions(RaiseConditions conditions) {
    Map<String, Question> questions = new LinkedHashMap<>();
    conditions
        .incidents()
        .ifPresent(
            one ->
                questions.put(
                    Checks.INCIDENTS,
                    now ->
                        calendars.apply(one.environment()).incidents(one.project(), one.labels())));
    conditions
        .freeze()
        .ifPresent(
            one ->
                questions.put(
                    Checks.FREEZE,
                    now -> calendars.apply(one.environment()).freezes(one.project(), now)));
    return questions;
  }

  /** Asks them all; one that is silent keeps none of the others from answering. */
  List<Input.CalendarAnswer> askAll(RaiseConditions conditions, Instant now) {
    List<Input.CalendarAnswer> answers = new ArrayList<>();
    questions(conditions).forEach((check, question) -> answers.add(answer(check, question, now)));
    return answers;
  }

  private static Input.CalendarAnswer answer(String check, Question question, Instant now) {
    try {
      return new Input.CalendarAnswer(check, question.ask(now), Optional.empty());
    } catch (PortException silent) {
      return new Input.CalendarAnswer(check, List.of(), Optional.of(silent.getMessage()));
    }
  }
}
