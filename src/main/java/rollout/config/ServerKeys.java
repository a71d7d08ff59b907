package rollout.config;

import static rollout.config.Form.Key.later;
import static rollout.config.Form.Key.of;
import static rollout.config.Form.Key.required;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of environments, sources and channels: everything with an address. */
final class ServerKeys {
  private static final Form.Scalar SECRET = Scalars.SECRET;

  private static final List<Form.Key> CERTIFICATES =
      List.of(
          later("ca", SECRET, "a file with the certificates to trust"),
          later("client_cert", SECRET, "a file with the certificate that we show"),
          later("client_key", SECRET, "a file with its private key"));

  static final Form.Keys ENVIRONMENT =
      keys(
          List.of(
              required("url", Scalars.URL, "the base address of this GitLab, without /api/v4"),
              of("token", SECRET, "of an administrator; scopes api and admin_mode"),
              of("token_file", SECRET, "a file, readable by its owner only, with the token"),
              of("variables", SettingsKeys.VARIABLES, "values for {{name}} in this environment"),
              later("notify", new Form.ListOf(Scalars.TEXT, 0), "names of channels to tell")),
          CERTIFICATES);

  private static final Form.Keys BASIC =
      keys(
          List.of(
              required("user", SECRET, "the user's name"),
              required("password", SECRET, "the user's password")));

  private static final List<Form.Key> ACCESS =
      List.of(
          required("url", Scalars.URL, "the base address of this server"),
          of("token", SECRET, "sent as Authorization: Bearer"),
          of("token_file", SECRET, "a file, readable by its owner only, with the token"),
          of("basic", BASIC, "user and password"),
          of("headers", new Form.MapOf("header", SECRET, 0), "further header lines"),
          of("lag", Scalars.DURATION_OR_ZERO, "how far behind now its data are complete"));

  static final Form.ByType SOURCE =
      new Form.ByType(
          Map.of(
              "prometheus",
              source(),
              "sentry",
              source(required("organization", Scalars.SLUG, "the slug of the organisation")),
              "elasticsearch",
              source(
                  required("index", Scalars.TEMPLATE, "the index or pattern to search"),
                  of(
                      "time_field",
                      Scalars.TEXT,
                      "the field that holds an entry's time; @timestamp"),
                  of("api_key", SECRET, "sent as Authorization: ApiKey"),
                  of("api_key_file", SECRET, "a file with the key")),
              "alertmanager",
              source(
                  of(
                      "watchdog",
                      Scalars.TEXT,
                      "the name of an alert that always fires: while it does not, silence proves"
                          + " nothing"))),
          Optional.empty(),
          Set.of());

  static final Form.ByType CHANNEL =
      new Form.ByType(
          Map.of(
              "slack",
              channel(
                  of("webhook", Scalars.URL, "an incoming webhook"),
                  of("webhook_file", SECRET, "a file with the webhook"),
                  of("url", Scalars.URL, "the address of Slack's API"),
                  of("token", SECRET, "of a bot; with channel, one live message"),
                  of("token_file", SECRET, "a file with the token"),
                  of("channel", Scalars.TEXT, "the channel's name or id")),
              "pagerduty",
              channel(
                  of("url", Scalars.URL, "the address of the events API"),
                  of("routing_key", SECRET, "the integration's key"),
                  of("routing_key_file", SECRET, "a file with the key")),
              "grafana",
              channel(
                  required("url", Scalars.URL, "the base address of this Grafana"),
                  of("token", SECRET, "of a service account that may annotate"),
                  of("token_file", SECRET, "a file with the token")),
              "webhook",
              channel(
                  required("url", Scalars.URL, "where messages are posted"),
                  of("secret", SECRET, "signs each message"),
                  of("secret_file", SECRET, "a file with the secret"),
                  of("headers", new Form.MapOf("header", SECRET, 0), "further header lines"))),
          Optional.empty(),
          Set.of());

  private ServerKeys() {}

  private static Form.Keys source(Form.Key... own) {
    return keys(List.of(type("what kind of server it is")), ACCESS, List.of(own), CERTIFICATES);
  }

  private static Form.Keys channel(Form.Key... own) {
    return keys(List.of(type("what kind of channel it is")), List.of(own), CERTIFICATES);
  }

  private static Form.Key type(String meaning) {
    return required(FormCheck.TYPE, Scalars.TEXT, meaning);
  }

  @SafeVarargs
  private static Form.Keys keys(List<Form.Key>... parts) {
    List<Form.Key> all = new ArrayList<>();
    for (List<Form.Key> part : parts) {
      all.addAll(part);
    }
    return new Form.Keys(List.copyOf(all));
  }
}
