package rollout.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;
import rollout.plan.Exposure;
import rollout.plan.Gate;
import rollout.plan.GateState;
import rollout.sandbox.Fault;
import rollout.sandbox.Faults;
import rollout.sandbox.Reply;
import rollout.sandbox.SandboxGitLab;
import rollout.sandbox.SandboxRequest;
import rollout.sandbox.SandboxWorld;

/** The product with nothing but a GitLab's address and a token: no plan, no evidence. */
public final class LoneGitLab implements AutoCloseable {
  /** The flag that is on. */
  public static final String FLAG = "gitaly_commit_stats";

  /** What is on of it. */
  public static final GateState HALF =
      GateState.OFF.with(Gate.PERCENTAGE_OF_ACTORS, Exposure.parse("50%"));

  private static final Fault NOTHING_SPECIAL = Fault.slow(Duration.ZERO);

  private final SandboxGitLab gitLab;
  private final Product product;

  /**
   * @param clock the product's, and GitLab's
   */
  public LoneGitLab(Path directory, InstantSource clock) {
    this.gitLab =
        new SandboxGitLab(
            clock,
            SandboxWorld.standard()
                .withDefinition(JsonNodeFactory.instance.objectNode().put("name", "defined_flag")));
    gitLab.start();
    gitLab.set(FLAG, HALF);
    this.product =
        Product.in(directory)
            .with(clock)
            .with("ROLLOUT_URL", gitLab.address().toString())
            .with("ROLLOUT_TOKEN", SandboxWorld.TOKEN);
  }

  /** The program. */
  public Product product() {
    return product;
  }

  /** The server. */
  public SandboxGitLab gitLab() {
    return gitLab;
  }

  /** The faults that await its next requests. */
  public Faults faults() {
    return gitLab.faults();
  }

  /** What is truly in force. */
  public GateState gates() {
    return gitLab.gates(FLAG);
  }

  /** The next {@code false} are answered as a healthy server does; what is armed waits for them. */
  public void passOff(int times) {
    faults().arm(times, LoneGitLab::isOff, NOTHING_SPECIAL);
  }

  /** How many {@code false} arrived. */
  public long offs() {
    return gitLab.requests().stream().filter(LoneGitLab::isOff).count();
  }

  /** Looks at every request before it is answered, and changes nothing about it. */
  public void watch(Predicate<SandboxRequest> look) {
    faults()
        .arm(
            Integer.MAX_VALUE,
            request -> {
              look.test(request);
              return false;
            },
            NOTHING_SPECIAL);
  }

  /** Whether this is a {@code false}. */
  public static boolean isOff(SandboxRequest request) {
    return "false".equals(request.form().get("value"));
  }

  /** Whether this asks for the list of flags. */
  public static boolean isList(SandboxRequest request) {
    return !request.isWrite() && request.path().endsWith("/features");
  }

  /** An answer that GitLab gives when it is too busy. */
  public static Fault busy() {
    return Fault.refused(Reply.text(503, "text/html", "<html>busy</html>"));
  }

  /** A token that was revoked meanwhile. */
  public static Fault revoked() {
    return Fault.refused(Reply.json(401, "message", "401 Unauthorized"));
  }

  @Override
  public void close() {
    gitLab.close();
  }
}
