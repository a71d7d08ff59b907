package rollout.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rollout.plan.Environment;
import rollout.plan.Plan;
import rollout.plan.SecretRef;
import rollout.plan.Source;
import rollout.plan.Window;
import rollout.testing.Plans;

class SandboxTest {
  private Instant now = History.START;
  private Sandbox sandbox;

  @BeforeEach
  void start() {
    Plan plan = Plans.checklist();
    sandbox = new Sandbox(plan, Plans.FLAG, Scenario.parse("errors@low", plan), () -> now, 7);
    sandbox.start();
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void nothingOfTheRealServersIsLeftInItsPlan() {
    for (Environment environment : sandbox.sandboxPlan().environments()) {
      assertIsOurs(environment.url());
      assertEquals(SandboxWorld.TOKEN, environment.token().orElseThrow().text());
    }
    for (Source source : sandbox.sandboxPlan().sources()) {
      assertIsOurs(source.url());
      assertTrue(source.access().token().orElseThrow().isLiteral());
      assertEquals(Map.of(), source.access().headers());
    }
    assertEquals(Plans.checklist().stages(), sandbox.sandboxPlan().stages());
  }

  @Test
  void aWriteToItsGitLabIsWhatItsSourcesShow() throws Exception {
    Environment production = sandbox.sandboxPlan().environment("production");
    URI gitLab = URI.create(production.url().text());
    String path = "/api/v4/features/" + Plans.FLAG;
    String token = production.token().orElseThrow().text();
    Probe.post(gitLab, path, token, Map.of("value", "5", "key", "percentage_of_actors"));
    now = now.plus(Duration.ofHours(1));
    Probe.post(gitLab, path, token, Map.of("value", "false"));
    assertTrue(errorRate(Duration.ofMinutes(0)) > 0.03);
    assertTrue(errorRate(Duration.ofMinutes(50)) > 0.03);
    assertTrue(errorRate(Duration.ofMinutes(62)) < 0.005);
  }

  @Test
  void theTesterSaysYesAfterAWhile() {
    assertEquals(now.plusSeconds(600), Tester.SCRIPTED.answerAt(now));
    assertEquals(
        "Tested on dev.gitlab.org", Tester.SCRIPTED.words(Plans.checklist().stages().get(0)));
  }

  private double errorRate(Duration after) {
    Instant from = History.at(after);
    Window window = new Window(from, from.plusSeconds(300));
    return (double) sandbox.world().errors("production", window)
        / sandbox.world().requests("production", window);
  }

  private static void assertIsOurs(SecretRef url) {
    assertTrue(url.text().matches("http://127\\.0\\.0\\.1:[0-9]+"), url::text);
  }
}
