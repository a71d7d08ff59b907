package rollout.config;

import java.util.List;
import java.util.Optional;
import rollout.plan.Origin;

/** A piece of a YAML file that knows where it stands. Scalars stay the text that was written. */
sealed interface YamlNode permits YamlNode.Scalar, YamlNode.Items, YamlNode.Mapping {
  /** Where it begins. */
  Origin origin();

  /** What a person would call it: {@code a list}. */
  String kind();

  /**
   * A single value.
   *
   * @param text as written, without quotes; YAML 1.1 words such as {@code on} stay words
   * @param plain written without quotes
   */
  record Scalar(Origin origin, String text, boolean plain) implements YamlNode {
    /** Nothing was written: {@code key:}, {@code key: ~} or {@code key: null}. */
    boolean isNull() {
      return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    }

    @Override
    public String kind() {
      return isNull() ? "nothing" : "a single value";
    }
  }

  /** A list. */
  record Items(Origin origin, List<YamlNode> nodes) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys and values, no key twice. */
  record Mapping(Origin origin, List<Entry> entries) implements YamlNode {
    Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    @Override
    public String kind() {
      return "keys with values";
    }
  }

  /** One key with its value. */
  record Entry(String key, Origin keyOrigin, YamlNode value) {}
}
