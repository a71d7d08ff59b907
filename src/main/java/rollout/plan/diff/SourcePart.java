package rollout.plan.diff;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import rollout.plan.Access;
import rollout.plan.SecretRef;
import rollout.plan.Source;

/** The servers that evidence is read from. */
final class SourcePart extends NamedPart<Source> {
  private static final List<Key<Source, ?>> KEYS =
      List.of(
          Key.asked("type", one -> one.getClass().getSimpleName()),
          new Key<>("url", Source::url, SecretRef::text, Loosening.always()),
          Key.asked("organization", SourcePart::organization),
          new Key<>("access", SourcePart::access, any -> "(references)", Loosening.never()),
          new Key<>("lag", Source::lag, Words.orNone(Words::of), Loosening.always()));

  SourcePart() {
    super("source", Source::name);
  }

  @Override
  boolean loosensWhenGone() {
    return false;
  }

  @Override
  String described(Source one) {
    return one.url().text();
  }

  @Override
  List<Change> changed(String subject, Source before, Source after) {
    return Key.between(subject, KEYS, before, after);
  }

  private static String organization(Source source) {
    return source instanceof Source.Sentry sentry ? sentry.organization() : "";
  }

  /** As the journal keeps it, where a literal secret is left out. */
  private static Access access(Source source) {
    Access access = source.access();
    Map<String, SecretRef> headers = new TreeMap<>(access.headers());
    headers.replaceAll((name, secret) -> secret.withheld());
    Optional<Access.Basic> basic =
        access
            .basic()
            .map(one -> new Access.Basic(one.user().withheld(), one.password().withheld()));
    return new Access(access.token().map(SecretRef::withheld), basic, headers);
  }
}
