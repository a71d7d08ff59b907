package rollout.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import rollout.config.PlanReader;
import rollout.plan.FlagName;
import rollout.plan.GateState;
import rollout.plan.Plan;
import rollout.sandbox.Sandbox;
import rollout.sandbox.SandboxGitLab;
import rollout.sandbox.SandboxRequest;
import rollout.sandbox.Scenario;

/**
 * The product with a plan, and the servers of that plan on loopback in real time. The plan finds
 * them by variables: {@code ${STAGING_URL}}, {@code ${STAGING_TOKEN}}, {@code ${PROMETHEUS_URL}}
 * and so on, by the names of its environments and sources.
 */
public final class Playground implements AutoCloseable {
  /** The flag that is rolled out. */
  public static final String FLAG = "gitaly_commit_stats";

  private final Sandbox sandbox;
  private Product product;

  private Playground(Sandbox sandbox, Product product) {
    this.sandbox = sandbox;
    this.product = product;
  }

  /**
   * Writes the plan and starts its servers.
   *
   * @param scenario as {@code start --sandbox} takes it
   */
  public static Playground open(Path directory, String yaml, String scenario) {
    Plan plan = PlanReader.read("rollout.yaml", yaml).readable();
    Sandbox sandbox =
        new Sandbox(plan, new FlagName(FLAG), Scenario.parse(scenario, plan), Clock.systemUTC(), 1);
    sandbox.start();
    Playground playground = new Playground(sandbox, Product.in(directory));
    playground.write(directory, yaml);
    Plan ours = sandbox.sandboxPlan();
    ours.environments()
        .forEach(
            one -> {
              playground.set(shout(one.name()) + "_URL", one.url().text());
              playground.set(shout(one.name()) + "_TOKEN", one.token().orElseThrow().text());
            });
    ours.sources().forEach(one -> playground.set(shout(one.name()) + "_URL", one.url().text()));
    return playground;
  }

  private static String shout(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  private void write(Path directory, String yaml) {
    try {
      Files.writeString(directory.resolve("rollout.yaml"), yaml);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Sets an environment variable of every command from now on; null unsets it. */
  public void set(String variable, String value) {
    product = product.with(variable, value);
  }

  /** The program, with the variables its plan needs. */
  public Product product() {
    return product;
  }

  /** Runs a command in this process. */
  public Ended run(String... arguments) {
    return product.run(arguments);
  }

  /** The GitLab of an environment. */
  public SandboxGitLab gitLab(String environment) {
    return sandbox.gitLab(environment);
  }

  /** What is truly in force. */
  public GateState gates(String environment) {
    return gitLab(environment).gates(FLAG);
  }

  /** Every write that an environment's GitLab was sent, as the form's fields, in order. */
  public List<Map<String, String>> writes(String environment) {
    return gitLab(environment).requests().stream()
        .filter(SandboxRequest::isWrite)
        .map(SandboxRequest::form)
        .toList();
  }

  /** The values of all raises that it was sent, in order: neither the marker nor an off. */
  public List<String> raises(String environment) {
    return writes(environment).stream()
        .filter(form -> !form.containsKey("user"))
        // of a request that broke off there may be no form
        .filter(form -> form.containsKey("value"))
        .map(form -> form.get("value"))
        .filter(value -> !value.equals("false"))
        .toList();
  }

  /** How many writes all environments were sent. */
  public int writes() {
    return sandbox.sandboxPlan().environments().stream()
        .mapToInt(one -> writes(one.name()).size())
        .sum();
  }

  /** The events of the newest rollout, as {@code history -o json} shows them; none before it. */
  public List<JsonNode> history() {
    Ended ended = product.run("history", FLAG, "-o", "json");
    List<JsonNode> events = new ArrayList<>();
    if (ended.code() == 0) {
      StreamSupport.stream(ended.json().path("events").spliterator(), false).forEach(events::add);
    }
    return events;
  }

  /** Those of one type. */
  public List<JsonNode> history(String type) {
    return history().stream().filter(event -> event.path("type").asText().equals(type)).toList();
  }

  /** The names of the stages that have passed, in order. */
  public List<String> passed() {
    return history("StagePassed").stream().map(event -> event.path("stage").asText()).toList();
  }

  /** {@code status -o json}. */
  public JsonNode status() {
    return product.run("status", FLAG, "-o", "json").json();
  }

  /** Whether the journal has so many events of this type. */
  public boolean has(String type, int times) {
    return history(type).size() >= times;
  }

  /** Whether the status has this phase. */
  public boolean isIn(String phase) {
    Ended ended = product.run("status", FLAG, "-o", "json");
    return ended.code() == 0 && ended.json().path("phase").asText().equals(phase);
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
