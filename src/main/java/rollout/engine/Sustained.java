package rollout.engine;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import rollout.core.Event;
import rollout.core.Finding;
import rollout.plan.Check;
import rollout.plan.Guardrail;
import rollout.plan.Lasting;
import rollout.plan.Plan;
import rollout.plan.Stage;

/**
 * How far beyond its limit each guardrail stayed for as long as a breach must last: the least limit
 * that would have stopped nothing.
 */
final class Sustained {
  private static final int DIGITS = 2;

  private final Plan plan;
  private final Map<String, Deque<Double>> rows = new HashMap<>();
  private final Map<String, Double> worst = new HashMap<>();

  /**
   * @param plan as people wrote it: what a breach needs to last
   */
  Sustained(Plan plan) {
    this.plan = plan;
  }

  /** Counts a look of a plan that stops at nothing. */
  void add(Event.Judged look) {
    if (look.look() == 1) {
      rows.clear();
    }
    Stage stage = plan.stages().get(plan.indexOf(look.stage()).orElseThrow());
    for (Finding finding : look.findings()) {
      if (finding.isConclusive()) {
        add(plan.guardrail(finding.guardrail()), stage.interval(), finding);
      }
    }
  }

  private void add(Guardrail guardrail, Duration interval, Finding finding) {
    Deque<Double> row = rows.computeIfAbsent(guardrail.name(), name -> new ArrayDeque<>());
    if (!finding.breached() || finding.value().isEmpty()) {
      row.clear();
      return;
    }
    row.addLast(finding.value().get());
    int needed = looks(guardrail.lasting(), interval);
    if (row.size() > needed) {
      row.removeFirst();
    }
    if (row.size() == needed) {
      boolean low = isLow(guardrail);
      double mildest = low ? Collections.max(row) : Collections.min(row);
      worst.merge(guardrail.name(), mildest, low ? Math::min : Math::max);
    }
  }

  private static int looks(Lasting lasting, Duration interval) {
    return lasting
        .span()
        .map(span -> (int) Math.ceil((double) span.toMillis() / interval.toMillis()) + 1)
        .orElse(lasting.looks());
  }

  /** The limit in two digits; empty for a guardrail that has no single number as its limit. */
  Optional<Double> limit(String guardrail) {
    return Optional.ofNullable(worst.get(guardrail))
        .map(value -> rounded(value, isLow(plan.guardrail(guardrail))))
        .filter(
            limit -> {
              Guardrail one = plan.guardrail(guardrail);
              return !with(one, Optional.of(limit)).equals(one);
            });
  }

  private static double rounded(double value, boolean low) {
    RoundingMode away = low ? RoundingMode.FLOOR : RoundingMode.CEILING;
    return BigDecimal.valueOf(value).round(new MathContext(DIGITS, away)).doubleValue();
  }

  private static boolean isLow(Guardrail guardrail) {
    return guardrail.check() instanceof Check.Value value && value.max().isEmpty();
  }

  /** The guardrail with another limit; the same where none is given or it has no single one. */
  static Guardrail with(Guardrail guardrail, Optional<Double> limit) {
    return limit
        .map(
            number ->
                new Guardrail(
                    guardrail.name(),
                    guardrail.source(),
                    with(guardrail.check(), number),
                    guardrail.window(),
                    guardrail.lasting(),
                    guardrail.onBreach()))
        .orElse(guardrail);
  }

  private static Check with(Check check, double limit) {
    if (check instanceof Check.Ratio ratio) {
      return new Check.Ratio(
          ratio.errors(), ratio.requests(), limit, ratio.minRequests(), ratio.minErrors());
    }
    if (check instanceof Check.Value value && value.max().isPresent() != value.min().isPresent()) {
      return new Check.Value(
          value.query(), value.max().map(old -> limit), value.min().map(old -> limit));
    }
    return check;
  }
}
