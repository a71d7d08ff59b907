package rollout.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rollout.plan.FlagName;
import rollout.port.Audit;
import rollout.port.Head;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.report.AuditJson;
import rollout.report.AuditText;
import rollout.report.ExitCode;

/** {@code rollout audit verify}: recomputes the hash chain of every event. */
@CommandLine.Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Recomputes the hash chain of every event, and prints the head of each rollout.",
      "A head that is kept elsewhere (status shows it, too) proves with --head that nothing up to"
          + " it was changed or lost since. Ends with 0 when every link holds, with 3 when one does"
          + " not."
    })
final class AuditVerifyCommand extends Command {
  private static final Pattern HEAD = Pattern.compile("(.+):(\\d{1,18}):([0-9a-f]{64})");

  @Parameters(
      paramLabel = "FLAG",
      arity = "0..1",
      description = "The rollouts of this flag; default: all of the state.")
  Optional<String> flagName = Optional.empty();

  @Option(names = "--rollout", paramLabel = "ID", description = "This one alone.")
  Optional<String> rollout = Optional.empty();

  @Option(
      names = "--head",
      paramLabel = "ROLLOUT:SEQ:HASH",
      description = "A head that was noted elsewhere; it must still be there. May be repeated.")
  List<String> heads = new ArrayList<>();

  @Override
  ExitCode run(Session session) throws PortException {
    Map<String, List<Head>> witnesses = witnesses();
    Audit audit = session.store().audit();
    List<Audit.Finding> findings = new ArrayList<>();
    for (String one : rollouts(session, audit, witnesses.keySet())) {
      findings.add(audit.verify(one, witnesses.getOrDefault(one, List.of())));
    }
    print(session, findings);
    return findings.stream().allMatch(Audit.Finding::isIntact) ? ExitCode.OK : ExitCode.REFUSED;
  }

  private Map<String, List<Head>> witnesses() {
    Map<String, List<Head>> witnesses = new LinkedHashMap<>();
    for (String text : heads) {
      Matcher head = HEAD.matcher(text);
      if (!head.matches()) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "\"" + text + "\" is no head; it is written as audit verify prints it, ID:SEQ:HASH.");
      }
      witnesses
          .computeIfAbsent(head.group(1), key -> new ArrayList<>())
          .add(new Head(Long.parseLong(head.group(2)), head.group(3)));
    }
    return witnesses;
  }

  /** What was asked for, and whatever a witness knows. */
  private Set<String> rollouts(Session session, Audit audit, Set<String> witnessed)
      throws PortException {
    Set<String> found = new LinkedHashSet<>();
    if (rollout.isPresent()) {
      found.addAll(audit.rollouts());
      found.retainAll(Set.of(rollout.get()));
    } else if (flagName.isPresent()) {
      found.addAll(rolloutsOf(session, Session.flag(flagName.get())));
    } else {
      found.addAll(audit.rollouts());
    }
    found.addAll(witnessed);
    if (found.isEmpty() && (rollout.isPresent() || flagName.isPresent())) {
      throw new CommandFailure(
          ExitCode.REFUSED,
          "The state has no rollout "
              + rollout.or(() -> flagName.map(flag -> "of " + flag)).orElseThrow()
              + ". See: rollout list");
    }
    return found;
  }

  private static List<String> rolloutsOf(Session session, FlagName flag) throws PortException {
    return session.store().journal().list(Journal.Kind.ANY).stream()
        .filter(entry -> entry.flag().equals(flag))
        .map(entry -> entry.rollout().value())
        .toList();
  }

  private static void print(Session session, List<Audit.Finding> findings) {
    if (session.options().isJson()) {
      session.print(AuditJson.of(findings));
      return;
    }
    session
        .machine()
        .out()
        .print(
            AuditText.of(
                findings,
                session.stateName(),
                TerminalStyle.width(session),
                TerminalStyle.style(session)));
  }
}
