package rollout.adapter.gitlab;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.adapter.http.Secret;
import rollout.plan.FlagName;
import rollout.plan.GateState;
import rollout.port.Flags;
import rollout.port.FlagsContractTest;
import rollout.sandbox.Fault;
import rollout.sandbox.Reply;
import rollout.sandbox.SandboxGitLab;
import rollout.sandbox.SandboxWorld;

/** The adapter over real HTTP. */
class GitLabFlagsOnSandboxTest extends FlagsContractTest {
  private final SandboxGitLab gitlab = new SandboxGitLab(clock);
  private final HttpClient client = new HttpClient();
  private Flags flags;

  @BeforeEach
  void start() {
    gitlab.start();
    Credentials bearer = Credentials.bearer(Secret.of(SandboxWorld.TOKEN));
    String url = gitlab.address().toString();
    flags = new GitLabFlags(new HttpEndpoint(client, url, bearer, HttpLimits.DEFAULT));
  }

  @AfterEach
  void stop() {
    client.close();
    gitlab.close();
  }

  @Override
  protected Flags flags() {
    return flags;
  }

  @Override
  protected GateState truth(FlagName flag) {
    return gitlab.gates(flag.value());
  }

  @Override
  protected void byHand(FlagName flag, GateState gates) {
    gitlab.set(flag.value(), gates);
  }

  @Override
  protected void nextWrite(Mishap mishap) {
    gitlab.faults().armWrite(fault(mishap));
  }

  @Override
  protected void nextRead(Mishap mishap) {
    gitlab.faults().armRead(fault(mishap));
  }

  @Override
  protected void readStale(Duration age) {
    gitlab.readStale(age);
  }

  private static Fault fault(Mishap mishap) {
    return switch (mishap) {
      case FORBIDDEN -> Fault.refused(Reply.json(403, "message", "403 Forbidden"));
      case LOST_BEFORE_EFFECT -> Fault.cutBeforeEffect();
      case LOST_AFTER_EFFECT -> Fault.cutAfterEffect();
      case PRETENDED -> Fault.pretended();
    };
  }
}
