package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rollout.testing.Ended;
import rollout.testing.Product;

/** {@code backtest --traces} needs nothing but the file: no plan, no flag, no state. */
@Timeout(60)
class BacktestCommandTest {
  @TempDir Path directory;

  @Test
  void printsALineForEachTrace() throws IOException {
    Ended ended = backtest(trace("quiet", 1), trace("harmed", 60));

    assertEquals(0, ended.code(), ended::toString);
    assertEquals(
        List.of(
            "{\"id\":\"quiet\",\"verdict\":\"pass\",\"t\":null}",
            "{\"id\":\"harmed\",\"verdict\":\"rollback\",\"t\":180}"),
        ended.out().lines().toList());
    assertFalse(Files.exists(Product.in(directory).state()), "nothing is remembered");
  }

  @Test
  void aBrokenLineEndsWith2AndKeepsNoOtherFromBeingJudged() throws IOException {
    Ended ended = backtest(trace("quiet", 1), "{\"id\": \"bro", trace("harmed", 60));

    assertEquals(2, ended.code(), ended::toString);
    assertEquals(2, ended.out().lines().count(), ended::toString);
    assertTrue(ended.err().contains("traces.jsonl: line 2: it is no JSON"), ended::toString);
  }

  @Test
  void withoutAFileItSaysWhatIsMissing() {
    Ended nothing = Product.in(directory).run("backtest");
    Ended absent = Product.in(directory).run("backtest", "--traces", "absent.jsonl");

    assertEquals(2, nothing.code(), nothing::toString);
    assertTrue(nothing.err().contains("--traces FILE"), nothing::toString);
    assertEquals(2, absent.code(), absent::toString);
    assertTrue(absent.err().contains("absent.jsonl: there is no such file"), absent::toString);
  }

  private Ended backtest(String... lines) throws IOException {
    Files.write(directory.resolve("traces.jsonl"), List.of(lines));
    return Product.in(directory).run("backtest", "--traces", "traces.jsonl");
  }

  /** Ten minutes at 5 %, so many errors of the treated arm in each, twenty of the control. */
  private static String trace(String id, int treatedErrors) {
    List<String> polls = new ArrayList<>();
    for (int minute = 1; minute <= 10; minute++) {
      polls.add("[%d,5,%d,100,20,1900]".formatted(60 * minute, treatedErrors));
    }
    return """
        {"id":"%s","stages":[{"pct":5,"duration_s":600,"poll_s":60}],\
        "poll_fields":["t","stage_pct","treat_errors","treat_requests","ctrl_errors","ctrl_requests"],\
        "polls":[%s]}"""
        .formatted(id, String.join(",", polls));
  }
}
