package rollout.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import rollout.plan.Durations;
import rollout.plan.Lasting;
import rollout.plan.Origin;
import rollout.plan.Percentage;

/**
 * One section of the file, read by key. What is absent and what cannot be read are both empty here:
 * {@link FormCheck} has said what is wrong.
 *
 * @param name of a named section; the {@code name} of an item of a list
 * @param origin of the name, or of the section
 */
record Spec(String name, Origin origin, YamlNode.Mapping node) {
  private static final String NAMELESS = "(without a name)";

  static Spec of(YamlNode.Mapping root) {
    return new Spec("", root.origin(), root);
  }

  boolean has(String key) {
    return node.entry(key).isPresent();
  }

  /** Whether what {@link #texts} and {@link #items} say of a key is all that was written. */
  boolean isListOrAbsent(String key) {
    return node.entry(key).map(entry -> entry.value() instanceof YamlNode.Items).orElse(true);
  }

  boolean isNamed() {
    return !name.equals(NAMELESS);
  }

  /** Where the value of a key stands; where the section stands when it is absent. */
  Origin originOf(String key) {
    return node.entry(key).map(entry -> entry.value().origin()).orElse(origin);
  }

  /** Where a key stands; where the section stands when it is absent. */
  Origin keyOriginOf(String key) {
    return node.entry(key).map(YamlNode.Entry::keyOrigin).orElse(origin);
  }

  Optional<String> text(String key) {
    return scalar(key).map(YamlNode.Scalar::text);
  }

  boolean isTrue(String key) {
    return text(key).equals(Optional.of("true"));
  }

  Optional<Duration> duration(String key) {
    return read(key, Durations::parse);
  }

  Optional<Percentage> percentage(String key) {
    return read(key, Percentage::parse);
  }

  Optional<Long> count(String key) {
    return read(key, Long::valueOf);
  }

  Optional<Double> number(String key) {
    return read(key, Double::valueOf);
  }

  /** A number of looks, or a span. */
  Optional<Lasting> lasting(String key) {
    return read(
        key,
        text ->
            text.matches("[0-9]+")
                ? Lasting.looks(Integer.parseInt(text))
                : Lasting.span(Durations.parse(text)));
  }

  /** The 3 of {@code 3x}. */
  Optional<Double> times(String key) {
    return read(key, text -> Double.valueOf(text.replace("x", "")));
  }

  /** The 1.1 of {@code 10%}: what is 10 % more. */
  Optional<Double> ratioAbove(String key) {
    return read(
        key,
        text ->
            new BigDecimal(text.replace("%", ""))
                .movePointLeft(2)
                .add(BigDecimal.ONE)
                .doubleValue());
  }

  /** The single values of a list, or the one that stands there without a list. */
  List<YamlNode.Scalar> texts(String key) {
    List<YamlNode.Scalar> found = new ArrayList<>(scalar(key).stream().toList());
    for (YamlNode item : nodes(key)) {
      if (item instanceof YamlNode.Scalar scalar) {
        found.add(scalar);
      }
    }
    return found;
  }

  /** The section under a key; one without keys when it is absent. */
  Spec section(String key) {
    YamlNode.Mapping mapping =
        node.entry(key)
            .map(YamlNode.Entry::value)
            .filter(YamlNode.Mapping.class::isInstance)
            .map(YamlNode.Mapping.class::cast)
            .orElseGet(() -> new YamlNode.Mapping(originOf(key), List.of()));
    return new Spec(key, mapping.origin(), mapping);
  }

  /** The items of a list that have keys. */
  List<Spec> items(String key) {
    List<Spec> items = new ArrayList<>();
    for (YamlNode item : nodes(key)) {
      if (item instanceof YamlNode.Mapping mapping) {
        Spec unnamed = of(mapping);
        items.add(
            new Spec(unnamed.text("name").orElse(NAMELESS), unnamed.originOf("name"), mapping));
      }
    }
    return items;
  }

  /** The named sections under a key, in the order of the file. */
  List<Spec> named(String key) {
    List<Spec> sections = new ArrayList<>();
    for (YamlNode.Entry entry : section(key).node().entries()) {
      if (entry.value() instanceof YamlNode.Mapping mapping) {
        sections.add(new Spec(entry.key(), entry.keyOrigin(), mapping));
      }
    }
    return sections;
  }

  List<String> names(String key) {
    return section(key).node().entries().stream().map(YamlNode.Entry::key).toList();
  }

  /** The single values under a key by their names, in the order of the file. */
  Map<String, String> values(String key) {
    Map<String, String> values = new LinkedHashMap<>();
    Spec section = section(key);
    for (String name : names(key)) {
      section.text(name).ifPresent(value -> values.put(name, value));
    }
    return values;
  }

  private List<YamlNode> nodes(String key) {
    return node.entry(key)
        .map(YamlNode.Entry::value)
        .filter(YamlNode.Items.class::isInstance)
        .map(value -> ((YamlNode.Items) value).nodes())
        .orElse(List.of());
  }

  private Optional<YamlNode.Scalar> scalar(String key) {
    return node.entry(key)
        .map(YamlNode.Entry::value)
        .filter(YamlNode.Scalar.class::isInstance)
        .map(YamlNode.Scalar.class::cast)
        .filter(scalar -> !scalar.isNull());
  }

  private <T> Optional<T> read(String key, Function<String, T> parser) {
    try {
      return text(key).map(parser);
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }
}
