package rollout.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Writes a form as JSON Schema (draft 2020-12), for editors. */
final class SchemaOf {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SchemaOf() {}

  /** The schema of a whole rollout.yaml. */
  static ObjectNode file() {
    ObjectNode schema = JSON.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "rollout.yaml");
    schema.put(
        "description",
        "How a feature flag goes from off to on. `rollout lint` checks more than this schema can.");
    schema.setAll(form(Grammar.FILE));
    return schema;
  }

  private static ObjectNode form(Form form) {
    if (form instanceof Form.Scalar scalar) {
      return scalar(scalar);
    }
    if (form instanceof Form.ListOf list) {
      ObjectNode schema = type("array");
      if (list.atLeast() > 0) {
        schema.put("minItems", list.atLeast());
      }
      schema.set("items", form(list.item()));
      return schema;
    }
    if (form instanceof Form.MapOf map) {
      ObjectNode schema = type("object");
      if (map.atLeast() > 0) {
        schema.put("minProperties", map.atLeast());
      }
      schema.set("additionalProperties", form(map.value()));
      return schema;
    }
    if (form instanceof Form.Keys keys) {
      return keys(keys);
    }
    if (form instanceof Form.ByType types) {
      return byType(types);
    }
    if (form instanceof Form.Either either) {
      ObjectNode schema = JSON.objectNode();
      schema.putArray("anyOf").add(form(either.scalar())).add(form(either.other()));
      return schema;
    }
    throw new AssertionError("no schema for " + form);
  }

  private static ObjectNode scalar(Form.Scalar form) {
    if (form.types().equals(Set.of("boolean"))) {
      return type("boolean");
    }
    ObjectNode schema = JSON.objectNode();
    if (!form.choices().isEmpty()) {
      ArrayNode choices = schema.putArray("enum");
      form.choices().forEach(choices::add);
      if (form.types().contains("integer")) {
        form.choices().forEach(choice -> choices.add(Integer.parseInt(choice)));
      }
      return schema;
    }
    List<String> types = List.copyOf(new TreeSet<>(form.types()));
    if (types.size() == 1) {
      schema.put("type", types.get(0));
    } else {
      ArrayNode all = schema.putArray("type");
      types.forEach(all::add);
    }
    if (types.contains("integer")) {
      schema.put("minimum", form == Scalars.LASTING ? 1 : 0);
    }
    form.pattern().ifPresent(pattern -> schema.put("pattern", pattern));
    return schema;
  }

  private static ObjectNode keys(Form.Keys form) {
    ObjectNode schema = type("object");
    schema.put("additionalProperties", false);
    List<String> required =
        form.keys().stream().filter(Form.Key::required).map(Form.Key::name).toList();
    if (!required.isEmpty()) {
      ArrayNode names = schema.putArray("required");
      required.forEach(names::add);
    }
    ObjectNode properties = schema.putObject("properties");
    for (Form.Key key : form.keys()) {
      ObjectNode property = JSON.objectNode();
      property.put("description", key.meaning() + (key.supported() ? "" : " (not supported yet)"));
      properties.set(key.name(), property.setAll(form(key.form())));
    }
    return schema;
  }

  private static ObjectNode byType(Form.ByType form) {
    ObjectNode schema = type("object");
    if (form.absent().isEmpty()) {
      schema.putArray("required").add("type");
    }
    TreeSet<String> names = new TreeSet<>(form.branches().keySet());
    ArrayNode known = schema.putObject("properties").putObject("type").putArray("enum");
    names.forEach(known::add);
    ArrayNode branches = schema.putArray("allOf");
    for (String name : names) {
      ObjectNode branch = branches.addObject();
      ObjectNode condition = branch.putObject("if");
      condition.putObject("properties").putObject("type").put("const", name);
      if (!form.absent().equals(Optional.of(name))) {
        condition.putArray("required").add("type");
      }
      branch.set("then", keys(form.branches().get(name)));
    }
    return schema;
  }

  private static ObjectNode type(String name) {
    return JSON.objectNode().put("type", name);
  }
}
