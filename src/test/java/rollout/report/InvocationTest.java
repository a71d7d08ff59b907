package rollout.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class InvocationTest {
  @Test
  void aPlainCallIsAPlainLine() {
    assertEquals(
        "rollout resume a_flag --adopt", Invocation.PLAIN.line("resume", "a_flag", "--adopt"));
  }

  @Test
  void theNextCommandIsTypedTheSameWayOnTheSameStateAndPlan() {
    Invocation here =
        new Invocation("./rollout", List.of("--state", "sqlite:x.db", "--config", "a.yaml"));
    assertEquals(
        "./rollout abort a_flag --state sqlite:x.db --config a.yaml", here.line("abort", "a_flag"));
  }

  @Test
  void whatAShellWouldTakeApartIsQuoted() {
    Invocation odd = new Invocation("/opt/my tools/rollout", List.of("--config", "it's $HOME"));
    assertEquals(
        "'/opt/my tools/rollout' approve a_flag --stage '50 %' --config 'it'\\''s $HOME'",
        odd.line("approve", "a_flag", "--stage", "50 %"));
  }
}
