package rollout.plan.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.plan.Environment;
import rollout.plan.SecretRef;

/** The GitLab instances. */
final class EnvironmentPart extends NamedPart<Environment> {
  private static final List<Key<Environment, ?>> KEYS =
      List.of(
          new Key<>("url", Environment::url, SecretRef::text, Loosening.always()),
          new Key<>(
              "token",
              one -> one.token().map(SecretRef::withheld),
              Words.orNone(EnvironmentPart::reference),
              Loosening.<Optional<SecretRef>>never()));

  EnvironmentPart() {
    super("environment", Environment::name);
  }

  private static String reference(SecretRef token) {
    return token.text().isEmpty() ? "(in the file)" : token.text();
  }

  @Override
  boolean loosensWhenGone() {
    return false;
  }

  @Override
  String described(Environment one) {
    return one.url().text();
  }

  @Override
  List<Change> changed(String subject, Environment before, Environment after) {
    List<Change> changes = new ArrayList<>(Key.between(subject, KEYS, before, after));
    changes.addAll(VariableChanges.between(subject, before.variables(), after.variables()));
    return changes;
  }
}
