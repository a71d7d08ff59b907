package rollout.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What may stand in one place of a rollout.yaml, as data: the reader checks files against it, and
 * the schema for editors is held against it.
 */
sealed interface Form
    permits Form.Scalar, Form.ListOf, Form.MapOf, Form.Keys, Form.ByType, Form.Either {
  /**
   * A single value.
   *
   * @param expected what a person should write, such as {@code a duration such as 15m}
   * @param types the JSON types an editor may see it as
   * @param pattern what it looks like when it is a string
   * @param choices the only values, empty for any
   * @param variables whether {@code ${NAME}} may stand in it
   * @param complaint what is wrong with a text that matches neither pattern nor meaning
   */
  record Scalar(
      String expected,
      Set<String> types,
      Optional<String> pattern,
      List<String> choices,
      boolean variables,
      Function<String, Optional<String>> complaint)
      implements Form {}

  /** A list with at least so many items, all of one form. */
  record ListOf(Form item, int atLeast) implements Form {}

  /** Names that the user chooses, at least so many, each with a value of one form. */
  record MapOf(String nameOf, Form value, int atLeast) implements Form {}

  /** Keys that this program knows. */
  record Keys(List<Key> keys) implements Form {
    Optional<Key> key(String name) {
      return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    List<String> names() {
      return keys.stream().map(Key::name).toList();
    }
  }

  /**
   * Keys that depend on the value of the key {@code type}.
   *
   * @param branches the keys of each type, {@code type} itself among them
   * @param absent the type when none is given
   * @param unsupported types whose capability is still missing
   */
  record ByType(Map<String, Keys> branches, Optional<String> absent, Set<String> unsupported)
      implements Form {}

  /**
   * A single value, or something with more in it.
   *
   * @param unsupported what the second form is called while its capability is missing
   */
  record Either(Scalar scalar, Form other, Optional<String> unsupported) implements Form {
    static Either of(Scalar scalar, Form other) {
      return new Either(scalar, other, Optional.empty());
    }

    /** The second form is read and checked, but its capability is still missing. */
    static Either later(Scalar scalar, Form other, String what) {
      return new Either(scalar, other, Optional.of(what));
    }
  }

  /**
   * One key.
   *
   * @param meaning one line for people and editors
   * @param supported whether this version can do what the key asks
   */
  record Key(String name, Form form, boolean required, boolean supported, String meaning) {
    static Key of(String name, Form form, String meaning) {
      return new Key(name, form, false, true, meaning);
    }

    static Key required(String name, Form form, String meaning) {
      return new Key(name, form, true, true, meaning);
    }

    /** A key that is read and checked, but whose capability is still missing. */
    static Key later(String name, Form form, String meaning) {
      return new Key(name, form, false, false, meaning);
    }
  }
}
