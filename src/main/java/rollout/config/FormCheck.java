package rollout.config;

import java.util.Optional;
import java.util.TreeSet;
import rollout.plan.Origin;

/** Holds a tree against its form: unknown and missing keys, and values that cannot be read. */
final class FormCheck {
  /** The key that decides what the others may be. */
  static final String TYPE = "type";

  private final Problems problems;
  private final ScalarCheck scalars;

  FormCheck(Problems problems) {
    this.problems = problems;
    this.scalars = new ScalarCheck(problems);
  }

  /**
   * Checks a node and everything below it.
   *
   * @param what how messages call it, such as {@code bake}
   */
  void check(String what, YamlNode node, Form form) {
    if (form instanceof Form.Scalar scalar) {
      scalars.check(what, node, scalar);
    } else if (form instanceof Form.Either either) {
      either(what, node, either);
    } else if (node instanceof YamlNode.Scalar scalar && scalar.isNull()) {
      problems.error(node.origin(), what + " has no value; give it one or remove the key");
    } else if (form instanceof Form.ListOf list) {
      list(what, node, list);
    } else {
      mapping(what, node, form);
    }
  }

  private void either(String what, YamlNode node, Form.Either form) {
    if (node instanceof YamlNode.Scalar) {
      scalars.check(what, node, form.scalar());
      return;
    }
    int before = problems.size();
    check(what, node, form.other());
    if (problems.size() == before) {
      form.unsupported().ifPresent(missing -> problems.unsupported(node.origin(), missing));
    }
  }

  private void list(String what, YamlNode node, Form.ListOf form) {
    if (!(node instanceof YamlNode.Items items)) {
      scalars.wrongKind(what, node, "a list such as [a, b]");
      return;
    }
    if (items.nodes().size() < form.atLeast()) {
      problems.error(node.origin(), what + " is an empty list; it needs at least one item");
    }
    for (YamlNode item : items.nodes()) {
      check(called(what, item), item, form.item());
    }
  }

  /** An item by its name: {@code stage low}; without one, by its list. */
  private static String called(String list, YamlNode item) {
    boolean named = item instanceof YamlNode.Mapping && list.endsWith("s");
    return Optional.of(item)
        .filter(node -> named)
        .flatMap(node -> Spec.of((YamlNode.Mapping) node).text("name"))
        .map(name -> list.substring(0, list.length() - 1) + " " + name)
        .orElse("an item of " + list);
  }

  private void mapping(String what, YamlNode node, Form form) {
    if (!(node instanceof YamlNode.Mapping mapping)) {
      scalars.wrongKind(what, node, "keys with values");
    } else if (form instanceof Form.MapOf map) {
      named(what, mapping, map);
    } else if (form instanceof Form.ByType types) {
      byType(what, mapping, types);
    } else {
      keys(what, mapping, (Form.Keys) form);
    }
  }

  private void named(String what, YamlNode.Mapping mapping, Form.MapOf form) {
    if (mapping.entries().size() < form.atLeast()) {
      problems.error(mapping.origin(), what + " is empty; it needs at least one " + form.nameOf());
    }
    for (YamlNode.Entry entry : mapping.entries()) {
      if (entry.key().isBlank()) {
        problems.error(entry.keyOrigin(), "a " + form.nameOf() + " needs a name");
      }
      check(form.nameOf() + " " + entry.key(), entry.value(), form.value());
    }
  }

  private void byType(String what, YamlNode.Mapping mapping, Form.ByType form) {
    Optional<YamlNode> written = mapping.entry(TYPE).map(YamlNode.Entry::value);
    Optional<String> type =
        written.isEmpty()
            ? form.absent()
            : written
                .filter(YamlNode.Scalar.class::isInstance)
                .map(node -> ((YamlNode.Scalar) node).text());
    TreeSet<String> known = new TreeSet<>(form.branches().keySet());
    Origin origin = written.map(YamlNode::origin).orElse(mapping.origin());
    if (type.isEmpty()) {
      problems.error(origin, what + " has no type; known here: " + String.join(", ", known));
    } else if (!known.contains(type.get())) {
      String hint = Nearest.suggestion(type.get(), known);
      problems.error(origin, "unknown type \"" + type.get() + "\" of " + what + "; " + hint);
    } else {
      if (form.unsupported().contains(type.get())) {
        problems.unsupported(origin, what + " of type " + type.get());
      }
      keys(what, mapping, form.branches().get(type.get()));
    }
  }

  private void keys(String what, YamlNode.Mapping mapping, Form.Keys form) {
    for (YamlNode.Entry entry : mapping.entries()) {
      form.key(entry.key()).ifPresentOrElse(key -> key(key, entry), () -> unknown(entry, form));
    }
    for (Form.Key key : form.keys()) {
      if (key.required() && mapping.entry(key.name()).isEmpty()) {
        problems.error(
            mapping.origin(), what + " has no " + key.name() + " (" + key.meaning() + ")");
      }
    }
  }

  private void key(Form.Key key, YamlNode.Entry entry) {
    if (!key.supported()) {
      problems.unsupported(entry.keyOrigin(), key.name());
    }
    check(key.name(), entry.value(), key.form());
  }

  private void unknown(YamlNode.Entry entry, Form.Keys form) {
    String hint = Nearest.suggestion(entry.key(), form.names());
    problems.error(entry.keyOrigin(), "unknown key \"" + entry.key() + "\"; " + hint);
  }
}
