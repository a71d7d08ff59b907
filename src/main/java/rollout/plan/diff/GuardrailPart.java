package rollout.plan.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import rollout.plan.Guardrail;
import rollout.plan.Lasting;

/** The guardrails. */
final class GuardrailPart extends NamedPart<Guardrail> {
  private static final List<Key<Guardrail, ?>> KEYS =
      List.of(
          Key.asked("source", Guardrail::source),
          new Key<>("window", Guardrail::window, Words.orNone(Words::of), Loosening.always()),
          new Key<>("for", Guardrail::lasting, GuardrailPart::words, longer()),
          Key.weakening("on_breach", Guardrail::onBreach));

  GuardrailPart() {
    super("guardrail", Guardrail::name);
  }

  @Override
  boolean loosensWhenGone() {
    return true;
  }

  @Override
  String described(Guardrail one) {
    return CheckChanges.kind(one.check()) + ", on_breach " + Words.of(one.onBreach());
  }

  @Override
  List<Change> changed(String subject, Guardrail before, Guardrail after) {
    List<Change> changes =
        new ArrayList<>(CheckChanges.between(subject, before.check(), after.check()));
    changes.addAll(Key.between(subject, KEYS, before, after));
    return changes;
  }

  private static String words(Lasting lasting) {
    return lasting.span().map(Words::of).orElseGet(() -> lasting.looks() + " looks");
  }

  /** Looks and a span cannot be compared: how long so many looks take, the stage says. */
  private static BiPredicate<Lasting, Lasting> longer() {
    return (before, after) ->
        before.span().isPresent() != after.span().isPresent()
            || after.looks() > before.looks()
            || before.span().filter(was -> was.compareTo(after.span().get()) < 0).isPresent();
  }
}
