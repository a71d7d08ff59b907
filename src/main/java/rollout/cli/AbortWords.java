package rollout.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import rollout.core.Exchange;
import rollout.core.Seal;
import rollout.engine.SwitchOff;
import rollout.plan.FlagName;
import rollout.plan.GateState;
import rollout.port.PortException;
import rollout.report.ExitCode;

/** Tells people how the abort of a flag goes, and the fence beside them; several threads report. */
final class AbortWords implements SwitchOff.Listener {
  private final Session session;
  private final AbortCommand command;
  private final FlagName flag;
  private final AbortFence fence;
  private final Instant begun;
  private final List<String> environments = new CopyOnWriteArrayList<>();
  private final List<String> unreached = new CopyOnWriteArrayList<>();
  private final Map<String, Seal> off = new ConcurrentHashMap<>();
  private final Map<String, String> failures = new ConcurrentHashMap<>();

  AbortWords(Session session, AbortCommand command, FlagName flag, AbortFence fence) {
    this.session = session;
    this.command = command;
    this.flag = flag;
    this.fence = fence;
    this.begun = session.machine().clock().instant();
  }

  /**
   * Where it is to be switched off.
   *
   * @param lost environments without an address or a token
   */
  void concernsWith(List<SwitchOff.Target> targets, List<String> lost) {
    targets.forEach(target -> environments.add(target.environment()));
    environments.addAll(lost);
    unreached.addAll(lost);
  }

  /** The journal told late where it was raised. */
  void missed(List<String> touched) {
    List<String> missed =
        touched.stream().filter(environment -> !environments.contains(environment)).toList();
    environments.addAll(missed);
    unreached.addAll(missed);
    for (String environment : missed) {
      session.note(
          flag
              + " was raised in "
              + environment
              + " too, says the state that was silent: "
              + session.invocation().line("abort", flag.value(), "--environment", environment));
    }
  }

  /** Whether nothing is left where nobody even tried. */
  boolean reachedEveryEnvironment() {
    return unreached.isEmpty();
  }

  @Override
  public void off(String environment, Exchange said, Seal seal) {
    if (off.put(environment, seal) == null) {
      tell(
          " is OFF in "
              + environment
              + ": off at GitLab after "
              + seconds(Duration.between(begun, said.answeredAt()))
              + "; every process follows within 60 s.");
      if (!command.noWait) {
        tell(" will be said off again, and be sealed about " + clockTime(seal) + ".");
      }
    }
    fence.off(environment, said);
  }

  @Override
  public void sealed(String environment, Instant at) {
    tell(" is SEALED in " + environment + ": no write of ours can switch it on again.");
    fence.sealed(environment, at);
  }

  @Override
  public void failed(String environment, Instant retryAt, PortException why) {
    if (!why.getMessage().equals(failures.put(environment, why.getMessage()))) {
      session.note(flag + " in " + environment + ": " + why.getMessage() + " Trying again.");
    }
  }

  @Override
  public void onAgain(String environment, Instant at, GateState gates) {
    off.remove(environment);
    session.note(
        flag
            + " is ON again in "
            + environment
            + " ("
            + gates
            + "): somebody switched it on after OFF. Beginning anew.");
    fence.onAgain(environment, at, gates);
  }

  /** There is nowhere to switch it off. */
  void nowhere() {
    session.note(Recipe.byHand(flag, unreached));
  }

  /** It takes long: what people can do meanwhile. */
  void stillTrying() {
    List<String> on = notOff();
    if (!on.isEmpty()) {
      session.note(Recipe.byHand(flag, on) + "\nStill trying.");
    }
  }

  /** A signal came while a request hung. */
  ExitCode interrupted() {
    List<String> on = notOff();
    boolean isOff = on.isEmpty() && !environments.isEmpty();
    if (isOff) {
      session.note(notSealed());
    } else {
      notVerified(environments.isEmpty() ? List.of() : on);
    }
    return isOff ? ExitCode.OK : ExitCode.NOT_VERIFIED;
  }

  /** The last words. */
  void ended(ExitCode code, List<SwitchOff.Outcome> outcomes) {
    if (outcomes.contains(SwitchOff.Outcome.NOT_VERIFIED) || !unreached.isEmpty()) {
      List<String> failed = new ArrayList<>(unreached);
      for (int i = 0; i < outcomes.size(); i++) {
        if (outcomes.get(i) == SwitchOff.Outcome.NOT_VERIFIED) {
          failed.add(environments.get(i));
        }
      }
      notVerified(failed);
    } else if (outcomes.contains(SwitchOff.Outcome.OFF)) {
      session.note(notSealed());
    } else if (code == ExitCode.OK) {
      tell(" stays off. It is safe to go back to bed.");
    }
  }

  private void notVerified(List<String> failed) {
    for (String environment : failed) {
      Seal seal = off.get(environment);
      session.note(
          flag
              + (seal == null
                  ? " is NOT VERIFIED off in " + environment + ": it may still be on."
                  : " is NOT VERIFIED in " + environment + ": " + wasOff(environment, seal)));
    }
    if (failed.isEmpty()) {
      session.note(flag + " is NOT VERIFIED off: it may still be on.");
    }
    session.note(Recipe.byHand(flag, failed));
  }

  private String wasOff(String environment, Seal seal) {
    String again =
        seal.againAt()
            .map(at -> "GitLab said so again at " + time(at) + ", but it was not seen to stay off")
            .orElse("the second false was not answered");
    String why = failures.containsKey(environment) ? " (" + failures.get(environment) + ")" : "";
    return "it was OFF at "
        + time(seal.offAt().orElseThrow())
        + "; "
        + again
        + why
        + ". A late raise may have switched it on since.";
  }

  private List<String> notOff() {
    return environments.stream().filter(environment -> !off.containsKey(environment)).toList();
  }

  private String notSealed() {
    String until =
        off.values().stream()
            .flatMap(seal -> seal.expectedAt().stream())
            .max(Instant::compareTo)
            .map(this::time)
            .orElse("later");
    return flag
        + " is off; not sealed until "
        + until
        + ": a late raise could still arrive. Seal it: "
        + session.invocation().line(sameCommand());
  }

  /** The same abort once more, without what cut it short. */
  private String[] sameCommand() {
    List<String> same = new ArrayList<>(List.of("abort", flag.value()));
    command.environments.forEach(name -> same.addAll(List.of("--environment", name)));
    command.url.ifPresent(url -> same.addAll(List.of("--url", url)));
    command.tokenFile.ifPresent(file -> same.addAll(List.of("--token-file", file.toString())));
    return same.toArray(String[]::new);
  }

  /** All that is known of a flag when no journal tells of it. */
  ObjectNode document(ExitCode code, boolean sealed) {
    ObjectNode document = Finish.nothing(flag.value());
    document.put("phase", sealed ? "aborted" : "sealing");
    document.put("sealed", sealed);
    document.put("reason", command.reason.orElse("aborted by " + session.actor()));
    ObjectNode exposure = document.putObject("exposure");
    environments.forEach(name -> exposure.put(name, off.containsKey(name) ? "off" : "unknown"));
    ExitCode asStatusSays = code == ExitCode.OK ? ExitCode.ABORTED : code;
    return document.put("exit_code", asStatusSays.number());
  }

  private void tell(String what) {
    session.people().println(flag + what);
    session.people().flush();
  }

  private String clockTime(Seal seal) {
    return seal.expectedAt().map(this::time).orElse("later");
  }

  private String time(Instant at) {
    return at.atZone(session.machine().zone()).toLocalTime().withNano(0).toString();
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
