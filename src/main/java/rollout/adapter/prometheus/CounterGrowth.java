package rollout.adapter.prometheus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import rollout.judge.Reading;
import rollout.plan.CounterSum;
import rollout.plan.Durations;
import rollout.plan.Window;
import rollout.port.PortException;

/**
 * Says how much counters grew: scrape by scrape while that is a bearable amount of data, and by
 * PromQL over a long past, where births are still counted from zero but the rest is Prometheus's
 * estimate.
 */
final class CounterGrowth {
  /** A day of scrapes of a hundred series would be an answer of megabytes. */
  private static final Duration LONGEST = Duration.ofHours(2);

  private static final Reading.NoData NOTHING = new Reading.NoData("the query matched no series");

  private final RawCounters raw;
  private final BiFunction<String, List<Window>, List<Reading>> evaluate;

  /**
   * @param evaluate a PromQL expression at the ends of windows
   */
  CounterGrowth(QueryApi api, BiFunction<String, List<Window>, List<Reading>> evaluate) {
    this.raw = new RawCounters(api);
    this.evaluate = evaluate;
  }

  /** The growth in each window. */
  List<Reading> readAll(CounterSum counters, List<Window> windows) {
    List<List<Reading>> terms = new ArrayList<>();
    for (CounterSum.Term term : counters.terms()) {
      terms.add(term(term.selector(), windows));
    }
    List<Reading> readings = new ArrayList<>();
    for (int window = 0; window < windows.size(); window++) {
      int number = window;
      readings.add(sum(counters, terms.stream().map(term -> term.get(number)).toList()));
    }
    return readings;
  }

  private List<Reading> term(String selector, List<Window> windows) {
    Window around = around(windows);
    if (around.length().compareTo(LONGEST) > 0 && windows.size() > 1) {
      return estimated(selector, windows);
    }
    try {
      RawCounters.Scraped scraped = raw.in(selector, around);
      return scraped.warned().isEmpty()
          ? windows.stream().map(window -> growth(scraped.series(), window)).toList()
          : Collections.nCopies(
              windows.size(), new Reading.Partial("Prometheus warned: " + scraped.warned()));
    } catch (PortException failed) {
      return Collections.nCopies(windows.size(), new Reading.Unavailable(failed.getMessage()));
    }
  }

  private static Reading growth(List<CounterSeries> series, Window window) {
    return series.stream().anyMatch(one -> one.isSeen(window, RawCounters.LOOK_BACK))
        ? new Reading.Value(series.stream().mapToDouble(one -> one.growth(window)).sum())
        : NOTHING;
  }

  /** Windows of one length share an expression, and with it a request. */
  private List<Reading> estimated(String selector, List<Window> windows) {
    List<Reading> readings = new ArrayList<>(Collections.nCopies(windows.size(), NOTHING));
    windows.stream()
        .map(Window::length)
        .distinct()
        .forEach(
            length -> {
              List<Integer> alike = new ArrayList<>();
              for (int i = 0; i < windows.size(); i++) {
                if (windows.get(i).length().equals(length)) {
                  alike.add(i);
                }
              }
              estimate(selector, length, windows, alike, readings);
            });
    return readings;
  }

  private void estimate(
      String selector,
      Duration length,
      List<Window> windows,
      List<Integer> alike,
      List<Reading> readings) {
    String range = Durations.format(length);
    String before = selector + " offset " + range;
    List<Window> these = alike.stream().map(windows::get).toList();
    List<Reading> old =
        evaluate.apply("sum(increase(" + selector + "[" + range + "]) and " + before + ")", these);
    List<Reading> born = evaluate.apply("sum(" + selector + " unless " + before + ")", these);
    for (int i = 0; i < alike.size(); i++) {
      readings.set(alike.get(i), plus(old.get(i), born.get(i)));
    }
  }

  private static Reading plus(Reading one, Reading other) {
    if (one instanceof Reading.Value a && other instanceof Reading.Value b) {
      return new Reading.Value(a.value() + b.value());
    }
    boolean second = one instanceof Reading.NoData || isFlawed(other);
    return second ? other : one;
  }

  private static boolean isFlawed(Reading reading) {
    return !(reading instanceof Reading.Value || reading instanceof Reading.NoData);
  }

  /** Counters that were never counted up are not there; but what is taken off must be. */
  private static Reading sum(CounterSum counters, List<Reading> terms) {
    Optional<Reading> flaw = terms.stream().filter(CounterGrowth::isFlawed).findFirst();
    if (flaw.isPresent()) {
      return flaw.get();
    }
    if (terms.stream().allMatch(Reading.NoData.class::isInstance)) {
      return NOTHING;
    }
    double sum = 0;
    for (int i = 0; i < terms.size(); i++) {
      CounterSum.Term term = counters.terms().get(i);
      if (terms.get(i) instanceof Reading.Value value) {
        sum += term.subtracted() ? -value.value() : value.value();
      } else if (term.subtracted()) {
        return isMissing(term);
      }
    }
    return new Reading.Value(sum);
  }

  private static Reading isMissing(CounterSum.Term term) {
    return new Reading.Unavailable(
        term.selector()
            + " matched no series, so that it cannot be taken off the others; is its le written as"
            + " the server writes it?");
  }

  private static Window around(List<Window> windows) {
    Instant from = windows.stream().map(Window::from).min(Comparator.naturalOrder()).orElseThrow();
    Instant to = windows.stream().map(Window::to).max(Comparator.naturalOrder()).orElseThrow();
    return new Window(from, to);
  }
}
