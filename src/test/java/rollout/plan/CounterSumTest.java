package rollout.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which queries are counted scrape by scrape; every other one is sent exactly as it is written. */
class CounterSumTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "requests_total",
        "grpc_server_handled_total{grpc_code!=\"OK\"}",
        "job:requests:sum_total{a=~\"b|c\", d!~'}\"'}",
        "seconds_bucket{le=\"0.5\",x=`}`}",
      })
  void aBareCounterIsCounted(String query) {
    assertEquals(
        Optional.of(new CounterSum(List.of(new CounterSum.Term(false, query)))),
        CounterSum.parse(" " + query + "\n"));
  }

  @Test
  void severalMayBeAddedAndTakenOff() {
    CounterSum slow =
        CounterSum.parse("x_count{a=\"-\"}\n  - x_bucket{le=\"0.5\"}+y_total").orElseThrow();

    assertEquals(
        List.of(
            new CounterSum.Term(false, "x_count{a=\"-\"}"),
            new CounterSum.Term(true, "x_bucket{le=\"0.5\"}"),
            new CounterSum.Term(false, "y_total")),
        slow.terms());
    assertEquals("x_count{a=\"-\"} - x_bucket{le=\"0.5\"} + y_total", slow.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "up",
        "job:errors:ratio_5m",
        "{__name__=\"x_total\"}",
        "sum(x_total)",
        "increase(x_total[5m])",
        "x_total[5m]",
        "x_total offset 5m",
        "x_total * 2",
        "x_total + 2",
        "x_total - up",
        "- x_total",
        "x_total x_total",
        "x_total +",
        "x_total{a=\"b\"",
        "x_total{a=\"b}",
        "x_totals",
      })
  void everythingElseIsNot(String query) {
    assertEquals(Optional.empty(), CounterSum.parse(query));
  }
}
