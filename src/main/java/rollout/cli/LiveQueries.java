package rollout.cli;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import rollout.core.Inquiries;
import rollout.core.Look;
import rollout.engine.Servers;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.Question;
import rollout.plan.Stage;
import rollout.report.ReadingText;

/** Asks each query of a plan once, as a look that is due now would. */
final class LiveQueries {
  private final Plan plan;
  private final FlagName flag;
  private final Servers servers;

  LiveQueries(Plan plan, FlagName flag, Servers servers) {
    this.plan = plan;
    this.flag = flag;
    this.servers = servers;
  }

  /** One line for each query of each stage, in the plan's order. */
  List<String> ask(Instant now) {
    Set<String> answers = new LinkedHashSet<>();
    for (Stage stage : plan.stages()) {
      Instant start = now.minus(plan.judgement().maxGap()).minus(stage.bake());
      Look look = new Inquiries(plan, flag, stage, start, start).look(1, now);
      for (Look.Inquiry inquiry : look.inquiries()) {
        inquiry.questions().forEach(one -> answers.add(line(stage, inquiry, one)));
      }
    }
    return List.copyOf(answers);
  }

  private String line(Stage stage, Look.Inquiry inquiry, Question question) {
    String answer =
        ReadingText.of(
            servers
                .signals()
                .apply(question.query().source())
                .read(question.query(), question.window()));
    String role = question.role().name().toLowerCase(Locale.ROOT);
    return stage.name() + " " + inquiry.guardrail() + " " + role + ": " + answer;
  }
}
