package rollout.journal;

import static rollout.journal.Forms.DURATION;
import static rollout.journal.Forms.TEXT;
import static rollout.journal.Forms.WHOLE;

import java.util.TreeMap;
import rollout.plan.Access;
import rollout.plan.Environment;
import rollout.plan.Origin;
import rollout.plan.SecretRef;
import rollout.plan.Source;

/** The stored forms of servers and of how we identify ourselves to them. */
final class SourceForms {
  private static final Form<Origin> ORIGIN =
      new Shape<>(
          (to, origin) ->
              to.put("file", TEXT, origin.file())
                  .put("line", WHOLE, (long) origin.line())
                  .put("column", WHOLE, (long) origin.column()),
          from ->
              new Origin(
                  from.get("file", TEXT),
                  from.get("line", WHOLE).intValue(),
                  from.get("column", WHOLE).intValue()));

  private static final Form<SecretRef.Kind> KIND = Forms.word(SecretRef.Kind.class);

  /** An address; a literal one is stored, it is no secret. */
  static final Shape<SecretRef> ADDRESS =
      new Shape<>(
          (to, secret) ->
              to.put("kind", KIND, secret.kind())
                  .put("text", TEXT, secret.text())
                  .put("origin", ORIGIN, secret.origin()),
          from ->
              new SecretRef(
                  from.get("kind", KIND), from.get("text", TEXT), from.get("origin", ORIGIN)));

  /** A token, a password, a header: a literal one never reaches the journal. */
  static final Form<SecretRef> SECRET =
      new Shape<>((to, secret) -> ADDRESS.writer().accept(to, secret.withheld()), ADDRESS.reader());

  static final Form<Environment> ENVIRONMENT =
      new Shape<>(
          (to, environment) ->
              to.put("name", TEXT, environment.name())
                  .put("url", ADDRESS, environment.url())
                  .maybe("token", SECRET, environment.token())
                  .map("variables", TEXT, new TreeMap<>(environment.variables())),
          from ->
              new Environment(
                  from.get("name", TEXT),
                  from.get("url", ADDRESS),
                  from.maybe("token", SECRET),
                  from.map("variables", TEXT)));

  private static final Form<Access.Basic> BASIC =
      new Shape<>(
          (to, basic) ->
              to.put("user", SECRET, basic.user()).put("password", SECRET, basic.password()),
          from -> new Access.Basic(from.get("user", SECRET), from.get("password", SECRET)));

  private static final Form<Access> ACCESS =
      new Shape<>(
          (to, access) ->
              to.maybe("token", SECRET, access.token())
                  .maybe("basic", BASIC, access.basic())
                  .maybe("api_key", SECRET, access.apiKey())
                  .map("headers", SECRET, access.headers()),
          from ->
              new Access(
                  from.maybe("token", SECRET),
                  from.maybe("basic", BASIC),
                  from.maybe("api_key", SECRET),
                  from.map("headers", SECRET)));

  static final Form<Source> SOURCE =
      new Variants<Source>("source")
          .with(
              "prometheus",
              Source.Prometheus.class,
              SourceForms::writeCommon,
              from ->
                  new Source.Prometheus(
                      from.get("name", TEXT),
                      from.get("url", ADDRESS),
                      from.get("access", ACCESS),
                      from.maybe("lag", DURATION)))
          .with(
              "sentry",
              Source.Sentry.class,
              (to, sentry) ->
                  writeCommon(to, sentry).put("organization", TEXT, sentry.organization()),
              from ->
                  new Source.Sentry(
                      from.get("name", TEXT),
                      from.get("url", ADDRESS),
                      from.get("access", ACCESS),
                      from.maybe("lag", DURATION),
                      from.get("organization", TEXT)))
          .with(
              "elasticsearch",
              Source.Elasticsearch.class,
              (to, logs) ->
                  writeCommon(to, logs)
                      .put("index", TEXT, logs.index())
                      .put("time_field", TEXT, logs.timeField()),
              from ->
                  new Source.Elasticsearch(
                      from.get("name", TEXT),
                      from.get("url", ADDRESS),
                      from.get("access", ACCESS),
                      from.maybe("lag", DURATION),
                      from.get("index", TEXT),
                      from.get("time_field", TEXT)))
          .with(
              "alertmanager",
              Source.Alertmanager.class,
              (to, alerts) -> writeCommon(to, alerts).maybe("watchdog", TEXT, alerts.watchdog()),
              from ->
                  new Source.Alertmanager(
                      from.get("name", TEXT),
                      from.get("url", ADDRESS),
                      from.get("access", ACCESS),
                      from.maybe("lag", DURATION),
                      from.maybe("watchdog", TEXT)));

  private SourceForms() {}

  private static FieldWriter writeCommon(FieldWriter to, Source source) {
    return to.put("name", TEXT, source.name())
        .put("url", ADDRESS, source.url())
        .put("access", ACCESS, source.access())
        .maybe("lag", DURATION, source.lag());
  }
}
