package rollout.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import rollout.core.RolloutState;
import rollout.report.ExitCode;
import rollout.report.ListJson;
import rollout.report.StatusJson;

/** What a command that drove rollouts prints at its end with {@code -o json}. */
final class Finish {
  private Finish() {}

  static ExitCode print(
      Session session, InstantSource clock, ExitCode code, List<RolloutState> states) {
    if (session.options().isJson()) {
      session.print(
          states.size() == 1
              ? StatusJson.of(states.get(0), clock.instant())
              : ListJson.of(states, clock.instant()));
    }
    return code;
  }

  /** The document of a flag that has no rollout here. */
  static ObjectNode nothing(String flag) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("flag", flag);
    document.putNull("rollout");
    return document;
  }
}
