package rollout.cli;

import java.util.List;
import rollout.plan.FlagName;

/** How to switch a flag off without this program, as GitLab's own runbook has it. */
final class Recipe {
  private Recipe() {}

  static String byHand(FlagName flag, List<String> environments) {
    String where = environments.isEmpty() ? "" : " in " + String.join(", ", environments);
    return "Switch "
        + flag
        + " off by hand"
        + where
        + ":\n  in Slack, #production:  /chatops gitlab run feature set "
        + flag
        + " false --production --ignore-production-check\n  on a console host:      sudo"
        + " gitlab-rails console   then   Feature.disable(:"
        + flag
        + ")\n  with a token:           curl -X POST -H \"Authorization: Bearer $TOKEN\" -d"
        + " value=false URL/api/v4/features/"
        + flag;
  }
}
