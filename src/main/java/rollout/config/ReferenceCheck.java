package rollout.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.plan.FlagName;
import rollout.plan.Origin;

/** Holds the sections that name parts of others against them. */
final class ReferenceCheck {
  private final Spec file;
  private final Problems problems;
  private final Names names;

  ReferenceCheck(Spec file, Problems problems) {
    this.file = file;
    this.problems = problems;
    this.names = new Names(problems);
  }

  /** Says which names lead nowhere. */
  void check() {
    List<String> environments = file.names("environments");
    for (Spec environment : file.named("environments")) {
      names.allKnown("channel", environment, "notify", file.names("channels"));
      variables(environment);
    }
    for (Spec window : file.named("windows")) {
      names.known("environment", window.name(), window.origin(), environments);
    }
    variables(file);
    file.named("flags").forEach(this::flag);
    preflight(file.section("preflight"), environments);
  }

  private void preflight(Spec preflight, List<String> environments) {
    for (String asking : List.of("incidents", "freeze")) {
      names.allKnown("environment", preflight.section(asking), "environment", environments);
    }
    names.allKnown("link", preflight, "required_links", file.names("links"));
    for (Spec triage : preflight.items("sentry_triaged")) {
      names
          .sourceType(file, triage)
          .filter(type -> !type.equals("sentry"))
          .ifPresent(
              type ->
                  problems.error(
                      triage.originOf("source"),
                      "sentry_triaged needs a source of type sentry, not " + type));
    }
  }

  private void flag(Spec flag) {
    try {
      new FlagName(flag.name());
    } catch (IllegalArgumentException wrong) {
      problems.error(flag.origin(), wrong.getMessage());
    }
    variables(flag);
    flag.text("issue").ifPresent(issue -> issue(issue, flag.originOf("issue")));
  }

  private void issue(String issue, Origin origin) {
    List<String> addresses = new ArrayList<>();
    for (Spec environment : file.named("environments")) {
      environment.text("url").map(url -> url.replaceAll("/+$", "")).ifPresent(addresses::add);
    }
    boolean fits =
        addresses.stream().anyMatch(url -> url.contains("${") || issue.startsWith(url + "/"));
    if (!fits) {
      problems.error(
          origin,
          "this issue is on none of the environments; its address must begin with one of "
              + String.join(", ", addresses));
    }
  }

  private void variables(Spec section) {
    for (YamlNode.Entry entry : section.section("variables").node().entries()) {
      complaint(entry.key())
          .ifPresent(
              complaint ->
                  problems.error(entry.keyOrigin(), "\"" + entry.key() + "\" " + complaint));
    }
  }

  private static Optional<String> complaint(String name) {
    if (Placeholders.OWN.contains(name)) {
      return Optional.of("is filled by this program; give the variable another name");
    }
    return name.matches(Placeholders.NAME)
        ? Optional.empty()
        : Optional.of("is no variable's name: letters, digits and _, no digit first");
  }
}
