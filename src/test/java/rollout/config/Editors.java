package rollout.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Sees YAML as an editor does: by the core schema of YAML 1.2. */
final class Editors {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Editors() {}

  static JsonNode json(String yaml) {
    return YamlTree.parse("editor.yaml", yaml, new Problems())
        .map(Editors::json)
        .orElseGet(JSON::objectNode);
  }

  private static JsonNode json(YamlNode node) {
    if (node instanceof YamlNode.Items items) {
      ArrayNode array = JSON.arrayNode();
      items.nodes().forEach(item -> array.add(json(item)));
      return array;
    }
    if (node instanceof YamlNode.Mapping mapping) {
      ObjectNode object = JSON.objectNode();
      mapping.entries().forEach(entry -> object.set(entry.key(), json(entry.value())));
      return object;
    }
    YamlNode.Scalar scalar = (YamlNode.Scalar) node;
    return scalar.plain() ? plain(scalar) : JSON.textNode(scalar.text());
  }

  private static JsonNode plain(YamlNode.Scalar scalar) {
    String text = scalar.text();
    if (scalar.isNull()) {
      return JSON.nullNode();
    }
    if (text.matches("true|false")) {
      return JSON.booleanNode(text.equals("true"));
    }
    if (text.matches("[-+]?[0-9]+")) {
      return JSON.numberNode(new BigInteger(text));
    }
    return text.matches("[-+]?[0-9]+\\.[0-9]+")
        ? JSON.numberNode(new BigDecimal(text))
        : JSON.textNode(text);
  }
}
