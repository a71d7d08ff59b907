package rollout.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of {@code POST /features/:name}: from the query, a form or JSON, checked in the
 * order and with the words of GitLab's Grape declaration.
 *
 * @param texts by name, as far as they were given
 * @param complaints what Grape would say; empty when it lets them pass
 */
record FeatureParams(Map<String, String> texts, List<String> complaints) {
  /** What may be named instead of a percentage, in the order of the declaration. */
  static final List<String> TARGETS =
      List.of("feature_group", "user", "group", "namespace", "project", "repository");

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Set<String> BOOLEANS =
      Set.of("true", "false", "t", "f", "1", "0", "on", "off", "yes", "no", "");

  /** Content types and JSON that GitLab does not take are answered at once. */
  static Optional<Reply> unacceptable(SandboxRequest request) {
    String type = request.contentType();
    if (request.body().isEmpty() || type.isEmpty() || type.endsWith("x-www-form-urlencoded")) {
      return Optional.empty();
    }
    if (!type.equals("application/json")) {
      String text = "The provided content-type '" + type + "' is not supported.";
      return Optional.of(Reply.json(415, "error", text));
    }
    return json(request).isEmpty()
        ? Optional.of(Reply.json(400, "error", "message body does not match declared format"))
        : Optional.empty();
  }

  static FeatureParams of(SandboxRequest request) {
    Map<String, String> texts = new LinkedHashMap<>(request.query());
    texts.putAll(request.form());
    List<String> complaints = new ArrayList<>();
    if (request.contentType().equals("application/json")) {
      json(request).ifPresent(body -> takeJson(body, texts, complaints));
    }
    check(texts, complaints);
    return new FeatureParams(texts, complaints);
  }

  String value() {
    return texts.get("value");
  }

  /** The gate asked for; empty text counts as none. */
  Optional<String> key() {
    return Optional.ofNullable(texts.get("key"));
  }

  boolean hasTargets() {
    return TARGETS.stream().anyMatch(texts::containsKey);
  }

  private static Optional<JsonNode> json(SandboxRequest request) {
    try {
      return Optional.of(MAPPER.readTree(request.body())).filter(JsonNode::isObject);
    } catch (JsonProcessingException broken) {
      return Optional.empty();
    }
  }

  private static void takeJson(JsonNode body, Map<String, String> texts, List<String> complaints) {
    body.properties()
        .forEach(
            field -> {
              if (field.getValue().isValueNode()) {
                texts.put(field.getKey(), field.getValue().asText());
              } else if (field.getKey().equals("value")) {
                complaints.add("value is invalid");
              }
            });
  }

  private static void check(Map<String, String> texts, List<String> complaints) {
    if (!texts.containsKey("value") && complaints.isEmpty()) {
      complaints.add("value is missing");
    }
    if (!BOOLEANS.contains(texts.getOrDefault("force", ""))) {
      complaints.add("force is invalid");
    }
    for (String target : texts.containsKey("key") ? TARGETS : List.<String>of()) {
      if (texts.containsKey(target)) {
        complaints.add("key, " + target + " are mutually exclusive");
      }
    }
  }
}
