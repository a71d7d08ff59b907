package rollout.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rollout.config.PlanFile;
import rollout.config.Problem;
import rollout.config.Severity;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.report.Escape;
import rollout.report.ExitCode;

/** {@code rollout lint}: an offline check of a plan. */
@CommandLine.Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    description = "Check a plan without asking any server.")
final class LintCommand extends Command {
  @Parameters(paramLabel = "FILE", arity = "0..1", description = "Default: the plan's file.")
  Optional<Path> file = Optional.empty();

  @Option(names = "--strict", description = "Warnings end with 2, too.")
  boolean strict;

  @Option(names = "--live", description = "Ask each query of each stage once.")
  boolean live;

  @Option(
      names = "--flag",
      paramLabel = "FLAG",
      description =
          "Check the placeholders for this flag; needed by --live when the plan lists none.")
  Optional<String> flagName = Optional.empty();

  @Override
  ExitCode run(Session session) {
    file.ifPresent(given -> session.options().config = Optional.of(given));
    PlanFile plan = session.planFile();
    List<Problem> problems = new ArrayList<>(plan.problems());
    flags(plan)
        .forEach(
            flag ->
                plan.openPlaceholders(flag, session.options().variables).stream()
                    .filter(open -> !problems.contains(open))
                    .forEach(problems::add));
    List<String> answers = live ? ask(session, plan) : List.of();
    print(session, problems, answers);
    boolean errors = problems.stream().anyMatch(one -> one.severity() == Severity.ERROR);
    boolean unusable = answers.stream().anyMatch(answer -> answer.contains(": ERROR: "));
    return errors || unusable || strict && !problems.isEmpty() ? ExitCode.USAGE : ExitCode.OK;
  }

  private List<FlagName> flags(PlanFile plan) {
    if (flagName.isPresent()) {
      return List.of(Session.flag(flagName.get()));
    }
    return plan.plan().map(found -> listed(found)).orElse(List.of());
  }

  private static List<FlagName> listed(Plan plan) {
    return plan.flags().keySet().stream().map(FlagName::new).toList();
  }

  private List<String> ask(Session session, PlanFile file) {
    Plan plan = file.readable().withOverrides(session.options().variables);
    FlagName flag =
        flags(file).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.USAGE, "--live needs a flag to ask about: say --flag FLAG."));
    return new LiveQueries(plan, flag, session.wiring().servers(plan))
        .ask(session.machine().clock().instant());
  }

  private void print(Session session, List<Problem> problems, List<String> answers) {
    if (session.options().isJson()) {
      session.print(document(session, problems, answers));
      return;
    }
    problems.forEach(one -> session.machine().out().println(Escape.line(one.toString())));
    answers.forEach(session.machine().out()::println);
    if (problems.isEmpty()) {
      session.machine().out().println(session.configPath().getFileName() + ": fine");
    }
  }

  private static ObjectNode document(
      Session session, List<Problem> problems, List<String> answers) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("file", session.configPath().getFileName().toString());
    ArrayNode rows = document.putArray("problems");
    for (Problem problem : problems) {
      rows.addObject()
          .put("severity", problem.severity().word())
          .put("line", problem.origin().line())
          .put("column", problem.origin().column())
          .put("message", Escape.line(problem.message()));
    }
    ArrayNode live = document.putArray("answers");
    answers.forEach(live::add);
    return document;
  }
}
