package rollout.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import rollout.core.BacktestOutcome;

/** What a plan would have done in the past, as data. The same past gives the same text. */
public final class BacktestJson {
  private BacktestJson() {}

  /** {@code {flag, from, to, looks, rollouts, stopped, stops: […], …}}. */
  public static ObjectNode of(BacktestOutcome outcome) {
    return new Json()
        .put("flag", outcome.flag().value())
        .put("from", outcome.from())
        .put("to", outcome.to())
        .put("looks", outcome.looks())
        .put("rollouts", outcome.rollouts())
        .put("completed", outcome.completed())
        .put("stopped", (long) outcome.stops().size())
        .put("stops", outcome.stops().stream().map(BacktestJson::stop).toList())
        .put("silences", outcome.silences().stream().map(BacktestJson::silence).toList())
        .put("guardrails", outcome.tallies().stream().map(BacktestJson::tally).toList())
        .put("passed_over", outcome.passedOver().stream().map(BacktestJson::passedOver).toList())
        .node();
  }

  private static Json stop(BacktestOutcome.Stop stop) {
    return new Json()
        .put("at", stop.at())
        .put("stage", stop.stage())
        .put("guardrail", stop.guardrail())
        .number("value", stop.value())
        .number("limit", stop.limit())
        .put("looks", stop.looks())
        .put("action", stop.action())
        .put("reason", stop.reason());
  }

  private static Json silence(BacktestOutcome.Silence silence) {
    return new Json()
        .put("at", silence.at())
        .put("stage", silence.stage())
        .put("reason", silence.reason());
  }

  private static Json tally(BacktestOutcome.Tally tally) {
    return new Json()
        .put("name", tally.guardrail())
        .put("looks", tally.looks())
        .put("conclusive", tally.conclusive())
        .put("crossed", tally.crossed())
        .put("stops", tally.stops())
        .number("limit", tally.limit())
        .number("limit_that_stops_none", tally.better());
  }

  private static Json passedOver(BacktestOutcome.PassedOver one) {
    return new Json().put("name", one.name()).put("why", one.why());
  }
}
