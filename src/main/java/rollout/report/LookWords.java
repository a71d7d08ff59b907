package rollout.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import rollout.core.Event;
import rollout.core.Finding;
import rollout.core.GuardrailWatch;
import rollout.core.RolloutState;
import rollout.core.Watch;
import rollout.judge.Verdict;

/** A look in words, and whether it is worth any. */
final class LookWords {
  private LookWords() {}

  /** Whether it says the same as the look before it, and that is no breach. */
  static boolean isQuiet(Optional<RolloutState> before, Event.Judged look) {
    Map<String, GuardrailWatch> watched =
        before
            .flatMap(RolloutState::watch)
            .filter(watch -> watch.stage().equals(look.stage()))
            .map(Watch::guardrails)
            .orElse(Map.of());
    return look.findings().stream().noneMatch(finding -> isNews(watched, finding));
  }

  private static boolean isNews(Map<String, GuardrailWatch> watched, Finding finding) {
    Verdict.Kind last =
        Optional.ofNullable(watched.get(finding.guardrail()))
            .flatMap(GuardrailWatch::latest)
            .map(Finding::kind)
            .orElse(Verdict.Kind.NO_DATA);
    return finding.breached() || finding.kind() != last;
  }

  /** What the guardrails said that did not pass; or that all of them did. */
  static String of(Event.Judged look) {
    List<Finding> open =
        look.findings().stream().filter(one -> one.kind() != Verdict.Kind.PASS).toList();
    String said =
        open.isEmpty()
            ? "every guardrail passes"
            : open.stream().map(LookWords::finding).collect(Collectors.joining("; "));
    return look.stage() + ": look " + look.look() + ": " + said;
  }

  /** The reason of a breach that has not lasted yet says so itself. */
  private static String finding(Finding finding) {
    boolean pending = finding.breached() && finding.kind() != Verdict.Kind.FAIL;
    String word = pending ? "" : kind(finding.kind()) + ": ";
    return finding.guardrail() + " " + word + finding.reason();
  }

  /** A verdict as people read it. */
  static String kind(Verdict.Kind kind) {
    return switch (kind) {
      case PASS -> "pass";
      case INCONCLUSIVE -> "inconclusive";
      case NO_DATA -> "no data";
      case ERROR -> "error";
      case FAIL -> "FAIL";
    };
  }
}
