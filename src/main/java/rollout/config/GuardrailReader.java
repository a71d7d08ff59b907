package rollout.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import rollout.plan.Check;
import rollout.plan.Guardrail;
import rollout.plan.Lasting;
import rollout.plan.OnBreach;

/** Reads guardrails: their source, what they ask, their limit, what follows. */
final class GuardrailReader {
  private final Spec file;
  private final Problems problems;
  private final CheckReader checks;
  private final CompareReader comparisons;

  GuardrailReader(Spec file, Problems problems) {
    this.file = file;
    this.problems = problems;
    this.checks = new CheckReader(problems);
    this.comparisons = new CompareReader(file, problems);
  }

  /** Says what is wrong with any of them. */
  void check() {
    new Names(problems).unique("guardrail", file.items("guardrails"));
    for (Spec guardrail : file.items("guardrails")) {
      if (isThreshold(guardrail)) {
        threshold(guardrail);
      } else {
        comparisons.check(guardrail);
      }
    }
  }

  private void threshold(Spec guardrail) {
    Optional<CheckKind> kind = checks.kind(guardrail);
    Optional<String> type = new Names(problems).sourceType(file, guardrail);
    kind.ifPresent(known -> checks.check(guardrail, known));
    if (kind.isPresent() && type.isPresent() && !kind.get().sources().contains(type.get())) {
      problems.error(
          guardrail.originOf("source"),
          "a source of type "
              + type.get()
              + " cannot answer "
              + kind.get().words()
              + "; that needs "
              + String.join(" or ", kind.get().sources().stream().sorted().toList()));
    }
  }

  /** The guardrails that this version can ask, of a file without errors. */
  List<Guardrail> read() {
    return file.items("guardrails").stream()
        .flatMap(guardrail -> guardrail(guardrail).stream())
        .toList();
  }

  private Optional<Guardrail> guardrail(Spec spec) {
    String source = spec.text("source").orElseThrow();
    Optional<Check> asked =
        isThreshold(spec)
            ? checks.kind(spec).map(kind -> CheckReader.read(spec, kind))
            : Optional.of(comparisons.read(spec));
    return asked.map(
        check ->
            new Guardrail(
                spec.name(),
                source,
                check,
                spec.duration("window"),
                spec.lasting("for").orElse(Lasting.ONE_LOOK),
                then(spec)));
  }

  private static OnBreach then(Spec guardrail) {
    return guardrail
        .text("on_breach")
        .map(word -> OnBreach.valueOf(word.toUpperCase(Locale.ROOT)))
        .orElse(OnBreach.ROLLBACK);
  }

  private static boolean isThreshold(Spec guardrail) {
    return guardrail.text(FormCheck.TYPE).map("threshold"::equals).orElse(true);
  }
}
