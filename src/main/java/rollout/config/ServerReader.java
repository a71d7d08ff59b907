package rollout.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import rollout.plan.Access;
import rollout.plan.Environment;
import rollout.plan.SecretRef;
import rollout.plan.Source;

/** Reads environments and sources: where a server is and how it is spoken to. */
final class ServerReader {
  private static final List<String> FILES =
      List.of("token", "api_key", "webhook", "secret", "routing_key");

  private final Spec file;
  private final Problems problems;

  ServerReader(Spec file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Says where something is given in two ways, or in none. */
  void check() {
    for (String section : List.of("environments", "sources", "channels")) {
      for (Spec server : file.named(section)) {
        FILES.forEach(key -> oneOf(server, key, key + "_file"));
        oneOf(server, "token", "basic");
        oneOf(server, "token_file", "basic");
        for (String other : List.of("token", "token_file", "basic")) {
          oneOf(server, other, "api_key");
          oneOf(server, other, "api_key_file");
        }
      }
    }
    for (Spec channel : file.named("channels")) {
      channel.text(FormCheck.TYPE).ifPresent(type -> channel(channel, type));
    }
  }

  private void channel(Spec channel, String type) {
    boolean bot = either(channel, "token") && channel.has("channel");
    if (type.equals("slack") && !either(channel, "webhook") && !bot) {
      problems.error(
          channel.origin(), "channel " + channel.name() + " needs webhook, or token and channel");
    }
    if (type.equals("pagerduty") && !either(channel, "routing_key")) {
      problems.error(channel.origin(), "channel " + channel.name() + " needs routing_key");
    }
  }

  private static boolean either(Spec server, String key) {
    return server.has(key) || server.has(key + "_file");
  }

  private void oneOf(Spec server, String one, String other) {
    if (server.has(one) && server.has(other)) {
      problems.error(
          server.keyOriginOf(other),
          server.name() + " has " + one + " and " + other + "; keep one");
    }
  }

  /** Every environment whose address could be read, whatever else is wrong with the file. */
  List<Environment> environments() {
    return file.named("environments").stream()
        .flatMap(spec -> secret(spec, "url").map(url -> environment(spec, url)).stream())
        .toList();
  }

  private static Environment environment(Spec spec, SecretRef url) {
    return new Environment(spec.name(), url, secretOrFile(spec, "token"), spec.values("variables"));
  }

  /** The sources of a file without errors. */
  List<Source> sources() {
    return file.named("sources").stream().map(ServerReader::source).toList();
  }

  private static Source source(Spec spec) {
    SecretRef url = secret(spec, "url").orElseThrow();
    return switch (spec.text(FormCheck.TYPE).orElseThrow()) {
      case "prometheus" ->
          new Source.Prometheus(spec.name(), url, access(spec), spec.duration("lag"));
      case "sentry" ->
          new Source.Sentry(
              spec.name(),
              url,
              access(spec),
              spec.duration("lag"),
              spec.text("organization").orElseThrow());
      case "elasticsearch" ->
          new Source.Elasticsearch(
              spec.name(),
              url,
              access(spec),
              spec.duration("lag"),
              spec.text("index").orElseThrow(),
              spec.text("time_field").orElse(Source.Elasticsearch.DEFAULT_TIME_FIELD));
      case "alertmanager" ->
          new Source.Alertmanager(
              spec.name(), url, access(spec), spec.duration("lag"), spec.text("watchdog"));
      default -> throw new AssertionError("no source for " + spec.text(FormCheck.TYPE));
    };
  }

  private static Access access(Spec spec) {
    Spec basic = spec.section("basic");
    Map<String, SecretRef> headers = new TreeMap<>();
    for (String name : spec.names("headers")) {
      secret(spec.section("headers"), name).ifPresent(value -> headers.put(name, value));
    }
    return new Access(
        secretOrFile(spec, "token"),
        secret(basic, "user")
            .flatMap(
                user ->
                    secret(basic, "password").map(password -> new Access.Basic(user, password))),
        secretOrFile(spec, "api_key"),
        headers);
  }

  private static Optional<SecretRef> secretOrFile(Spec spec, String key) {
    String named = key + "_file";
    return secret(spec, key)
        .or(() -> spec.text(named).map(name -> SecretRef.file(name, spec.originOf(named))));
  }

  private static Optional<SecretRef> secret(Spec spec, String key) {
    return spec.text(key).map(text -> SecretRef.text(text, spec.originOf(key)));
  }
}
