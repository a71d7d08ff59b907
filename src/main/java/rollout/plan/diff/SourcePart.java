package rollout.plan.diff;

import java.util.List;
import java.util.Optional;
import rollout.plan.SecretRef;
import rollout.plan.Source;

/** The servers that evidence is read from. */
final class SourcePart extends NamedPart<Source> {
  private static final List<Key<Source, ?>> KEYS =
      List.of(
          Key.asked("type", one -> one.getClass().getSimpleName()),
          new Key<>("url", Source::url, SecretRef::text, Loosening.always()),
          Key.asked("organization", SourcePart::organization),
          Key.asked("index", one -> logs(one).map(Source.Elasticsearch::index).orElse("")),
          Key.asked("time_field", one -> logs(one).map(Source.Elasticsearch::timeField).orElse("")),
          Key.asked("watchdog", SourcePart::watchdog),
          // As the journal keeps it, where a literal secret is left out.
          new Key<>(
              "access", one -> one.access().withheld(), any -> "(references)", Loosening.never()),
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

  private static Optional<Source.Elasticsearch> logs(Source source) {
    return source instanceof Source.Elasticsearch logs ? Optional.of(logs) : Optional.empty();
  }

  private static String watchdog(Source source) {
    return source instanceof Source.Alertmanager alerts ? alerts.watchdog().orElse("") : "";
  }
}
