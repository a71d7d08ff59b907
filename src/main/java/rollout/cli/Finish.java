package rollout.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import rollout.core.RolloutState;
import rollout.plan.FlagName;
import rollout.port.PortException;
import rollout.report.Escape;
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

  /**
   * Says why nothing was done, and with {@code -o json} prints where the flag's rollout is, or that
   * there is none, beside the reason.
   */
  static ExitCode refuse(
      Session session, FlagName flag, CommandFailure refused, List<RolloutState> states)
      throws PortException {
    refused.getMessage().lines().map(Escape::line).forEach(session::note);
    if (session.options().isJson()) {
      ObjectNode document =
          states.isEmpty()
              ? nothing(flag.value())
              : StatusJson.of(
                  states.get(0),
                  session.machine().clock().instant(),
                  Rollouts.driver(session, states.get(0)));
      document.put("error", Escape.line(refused.getMessage()));
      document.put("exit_code", refused.code().number());
      session.print(document);
    }
    return refused.code();
  }

  /** The document of a flag that has no rollout here. */
  static ObjectNode nothing(String flag) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("flag", flag);
    List.of(
            "rollout",
            "phase",
            "stage",
            "reason",
            "started_at",
            "stage_verified_at",
            "bake_ends_at",
            "next_look_at")
        .forEach(document::putNull);
    document.put("sealed", false);
    document.putObject("exposure");
    document.putArray("guardrails");
    return document;
  }
}
