package rollout.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import rollout.plan.SecretRef;

/** Warns of secrets in the file, of servers given twice, of channels and guardrails without use. */
final class ServerLint {
  private static final List<String> SECRETS =
      List.of("token", "api_key", "webhook", "secret", "routing_key", "password");
  private static final String SECRET_HEADER = ".*(authorization|token|key|secret|cookie).*";

  private final Spec file;
  private final Problems problems;

  ServerLint(Spec file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  void check() {
    for (String section : List.of("environments", "sources", "channels")) {
      for (Spec server : file.named(section)) {
        SECRETS.forEach(key -> literal(server, key));
        literal(server.section("basic"), "password");
        headers(server.section("headers"));
      }
    }
    for (Spec source : file.named("sources")) {
      SettingsLint.zero(source, "lag", SettingsLint.LAG, problems);
    }
    twins();
    channels();
    guardrails();
  }

  private void twins() {
    Map<String, String> first = new HashMap<>();
    for (Spec environment : file.named("environments")) {
      String url = environment.text("url").orElse("").replaceAll("/+$", "");
      String twin = first.putIfAbsent(url, environment.name());
      if (twin != null) {
        problems.warning(
            environment.originOf("url"),
            environment.name()
                + " is the same GitLab as "
                + twin
                + ": a raise in one is a raise in both");
      }
    }
  }

  private void headers(Spec headers) {
    for (YamlNode.Entry entry : headers.node().entries()) {
      if (entry.key().toLowerCase(Locale.ROOT).matches(SECRET_HEADER)) {
        literal(headers, entry.key());
      }
    }
  }

  private void literal(Spec section, String key) {
    section
        .text(key)
        .filter(text -> SecretRef.text(text, section.originOf(key)).isLiteral())
        .ifPresent(
            text ->
                problems.warning(
                    section.originOf(key),
                    "the " + key + " itself stands in this file; write \"${NAME}\" and set NAME"));
  }

  private void channels() {
    Set<String> used = new HashSet<>();
    for (Spec environment : file.named("environments")) {
      environment.texts("notify").forEach(name -> used.add(name.text()));
    }
    for (Spec channel : file.named("channels")) {
      if (!used.contains(channel.name())) {
        problems.warning(
            channel.origin(),
            "nobody uses channel " + channel.name() + "; name it under notify of an environment");
      }
    }
  }

  private void guardrails() {
    Set<String> used = new HashSet<>();
    for (Spec stage : file.items("stages")) {
      if (!stage.has("guardrails") && !stage.isTrue("unguarded")) {
        return;
      }
      stage.texts("guardrails").forEach(name -> used.add(name.text()));
    }
    for (Spec guardrail : file.items("guardrails")) {
      if (!used.contains(guardrail.name())) {
        problems.warning(guardrail.origin(), "guardrail " + guardrail.name() + " watches no stage");
      }
    }
  }
}
