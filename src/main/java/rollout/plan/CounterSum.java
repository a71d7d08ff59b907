package rollout.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counters whose growth over a window is added up: what a query means that is nothing but the
 * selector of a counter, or several with {@code +} and {@code -} between them. As PromQL such a
 * query would ask for the counters' height, which nobody wants to know.
 *
 * @param terms at least one; the first is added
 */
public record CounterSum(List<Term> terms) {
  /**
   * A selector.
   *
   * @param subtracted whether its growth is taken off
   * @param selector such as {@code requests_total{code="OK"}}
   */
  public record Term(boolean subtracted, String selector) {}

  /** By their names: other series may go down, and a sum of what they show now has a meaning. */
  private static final String COUNTER = "[a-zA-Z_:][a-zA-Z0-9_:]*_(?:total|count|bucket)";

  private static final String STRING = "\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'|`[^`]*+`";
  private static final Pattern TERM =
      Pattern.compile(
          "\\s*([+-]?)\\s*(" + COUNTER + "\\s*(?:\\{(?:[^\"'`{}]|" + STRING + ")*+})?)\\s*");

  public CounterSum {
    terms = List.copyOf(terms);
  }

  /** Reads a query; empty when it is anything else than selectors of counters. */
  public static Optional<CounterSum> parse(String query) {
    List<Term> terms = new ArrayList<>();
    Matcher matcher = TERM.matcher(query);
    while (matcher.lookingAt() && matcher.group(1).isEmpty() == terms.isEmpty()) {
      terms.add(new Term(matcher.group(1).equals("-"), matcher.group(2).strip()));
      if (matcher.end() == query.length()) {
        return Optional.of(new CounterSum(terms));
      }
      matcher.region(matcher.end(), query.length());
    }
    return Optional.empty();
  }

  /**
   * PromQL for about the same: Prometheus guesses at the ends of a window.
   *
   * @param window a PromQL duration
   */
  public String increase(String window) {
    StringBuilder text = new StringBuilder();
    for (Term term : terms) {
      String growth = "sum(increase(" + term.selector() + "[" + window + "]))";
      if (text.isEmpty()) {
        text.append(growth);
      } else {
        text.append(term.subtracted() ? " - " : " + ").append("(" + growth + " or vector(0))");
      }
    }
    return text.toString();
  }

  /** As it is written in a plan. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Term term : terms) {
      String sign = term.subtracted() ? " - " : " + ";
      text.append(text.isEmpty() ? "" : sign).append(term.selector());
    }
    return text.toString();
  }
}
