package rollout.cli;

import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rollout.plan.Environment;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.Source;
import rollout.report.ExitCode;
import rollout.sandbox.Sandbox;
import rollout.sandbox.Scenario;

/** {@code rollout sandbox}: the plan's servers on loopback, in real time, until Ctrl-C. */
@CommandLine.Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = "Run the plan's servers on loopback, in real time, until Ctrl-C.")
final class SandboxCommand extends Command {
  @Parameters(paramLabel = "FLAG", description = "The flag whose traffic is played.")
  String flagName;

  @Option(
      names = "--scenario",
      paramLabel = "SCENARIO",
      defaultValue = "healthy",
      description = "What happens: healthy, errors@STAGE, … as for start --sandbox.")
  String scenario = "healthy";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same numbers.")
  long seed = 1;

  @Override
  ExitCode run(Session session) throws InterruptedException {
    FlagName flag = Session.flag(flagName);
    Plan plan = session.planFile().readable().withOverrides(session.options().variables);
    CountDownLatch ended = new CountDownLatch(1);
    session.machine().interruptions().register(ended::countDown, () -> ExitCode.OK);
    try (Sandbox sandbox = new Sandbox(plan, flag, parse(plan), session.machine().clock(), seed)) {
      sandbox.start();
      print(session, sandbox.sandboxPlan());
      ended.await();
      return ExitCode.OK;
    }
  }

  private Scenario parse(Plan plan) {
    try {
      return Scenario.parse(scenario, plan);
    } catch (IllegalArgumentException unknown) {
      throw new CommandFailure(ExitCode.USAGE, unknown.getMessage(), unknown);
    }
  }

  private static void print(Session session, Plan plan) {
    for (Environment environment : plan.environments()) {
      session
          .machine()
          .out()
          .println(
              environment.name()
                  + "  "
                  + environment.url().text()
                  + "  token "
                  + environment.token().map(token -> token.text()).orElse(""));
    }
    for (Source source : plan.sources()) {
      session.machine().out().println(source.name() + "  " + source.url().text());
    }
    session.machine().out().println("Ctrl-C ends it.");
    session.machine().out().flush();
  }
}
