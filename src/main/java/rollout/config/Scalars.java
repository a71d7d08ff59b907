package rollout.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import rollout.plan.Durations;
import rollout.plan.Percentage;

/** The forms of single values in a rollout.yaml. */
final class Scalars {
  private static final String UNIT = "(ms|s|m|h|d|w)";
  private static final String SHORTEST = "(?!0*[0-9]{1,2}ms$)(?!0+[a-z]+$)[0-9]{1,12}" + UNIT;
  private static final Set<String> STRING = Set.of("string");
  private static final Set<String> ANY = Set.of("string", "number", "boolean");
  private static final Set<String> WHOLE = Set.of("string", "integer");
  private static final Set<String> REAL = Set.of("string", "number");

  /** Any text but none. */
  static final Form.Scalar TEXT = text("a text", ANY, "^(?![\\s\\S]*\\$\\{)[\\s\\S]*\\S", false);

  /** A name that is sent as it is: no placeholder is filled in it. */
  static final Form.Scalar SLUG =
      text("a name without {{…}}", ANY, "^(?![\\s\\S]*(\\$\\{|\\{\\{))[\\s\\S]*\\S", false);

  /** A query with {@code {{name}}} in it. */
  static final Form.Scalar TEMPLATE = checked(TEXT, Placeholders::malformed);

  /** A label, how it is compared, and a text between quotes. */
  static final Form.Scalar MATCHER =
      checked(
          text(
              "a matcher such as type=\"gitaly\"",
              STRING,
              "^\\s*(\"[^\"]+\"|[a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*\"([^\"\\\\]|\\\\.)*\"\\s*$",
              false),
          Placeholders::malformed);

  /** What may hold {@code ${NAME}}, and stays unread until a command needs it. */
  static final Form.Scalar SECRET =
      checked(text("a value or \"${NAME}\"", ANY, "\\S", true), Variables::malformed);

  static final Form.Scalar URL =
      checked(
          text("a URL with http:// or https://", STRING, "^https?://[^\\s@]+$|\\$\\{", true),
          Urls::complaint);

  static final Form.Scalar DURATION =
      checked(
          text("a duration of at least 100ms such as 15m", STRING, "^" + SHORTEST + "$", false),
          means(Durations::parse));

  static final Form.Scalar DURATION_OR_ZERO =
      checked(
          text(
              "0s or a duration of at least 100ms such as 65s",
              STRING,
              "^(0+s|" + SHORTEST + ")$",
              false),
          means(Durations::parse));

  static final Form.Scalar LASTING =
      checked(
          text(
              "a number of looks from 1, or a duration such as 5m",
              WHOLE,
              "^(0*[1-9][0-9]{0,5}|" + SHORTEST + ")$",
              false),
          text -> text.matches("[0-9]+") ? Optional.empty() : means(Durations::parse).apply(text));

  static final Form.Scalar SHARE =
      checked(
          text("a percentage such as 1%", STRING, "^[0-9]{1,3}(\\.[0-9]{1,3})?%$", false),
          means(Percentage::parse));

  static final Form.Scalar ABOVE_ZERO =
      checked(
          text(
              "a percentage above 0% and up to 100%",
              STRING, "^(?!0+(\\.0+)?%)(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]{1,3})?)%$", false),
          means(Percentage::parse));

  /** A percentage that may be above 100. */
  static final Form.Scalar TOLERANCE =
      text("a percentage such as 10%", STRING, "^[0-9]{1,5}(\\.[0-9]{1,3})?%$", false);

  static final Form.Scalar COUNT = text("a whole number from 0", WHOLE, "^[0-9]{1,15}$", false);

  static final Form.Scalar NUMBER =
      text(
          "a number such as 0.5",
          REAL,
          "^[-+]?[0-9]{1,30}(\\.[0-9]{1,30})?([eE][-+]?[0-9]{1,2})?$",
          false);

  /** How many times, at least once. */
  static final Form.Scalar TIMES =
      text(
          "how many times, at least 1x, such as 4x",
          STRING,
          "^[1-9][0-9]{0,5}(\\.[0-9]{1,3})?x$",
          false);

  static final Form.Scalar TIMES_OR_NONE =
      text(
          "how many times such as 2x, or none",
          STRING,
          "^([1-9][0-9]{0,5}(\\.[0-9]{1,3})?x|none)$",
          false);

  static final Form.Scalar BOOLEAN =
      new Form.Scalar(
          "true or false",
          Set.of("boolean"),
          Optional.empty(),
          List.of("true", "false"),
          false,
          text -> Optional.empty());

  static final Form.Scalar HOURS =
      text(
          "hours such as 07:00-15:00",
          STRING,
          "^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$",
          false);

  static final Form.Scalar ZONE =
      checked(
          text("a time zone such as UTC or Europe/Berlin", STRING, "^[A-Za-z0-9_+:/-]+$", false),
          means(Scalars::zone));

  static final Form.Scalar ISSUE =
      text(
          "the address of an issue such as https://gitlab.com/GROUP/PROJECT/-/issues/1",
          STRING,
          "^https?://[^\\s@?#]+/[^\\s@?#/]+(/-)?/issues/[0-9]{1,12}$",
          false);

  private Scalars() {}

  /** One of these words. */
  static Form.Scalar choice(String... words) {
    List<String> choices = List.of(words);
    return new Form.Scalar(
        "one of " + String.join(", ", choices),
        STRING,
        Optional.empty(),
        choices,
        false,
        text -> Optional.empty());
  }

  private static Form.Scalar text(
      String expected, Set<String> types, String pattern, boolean variables) {
    return new Form.Scalar(
        expected, types, Optional.of(pattern), List.of(), variables, text -> Optional.empty());
  }

  private static Form.Scalar checked(
      Form.Scalar form, Function<String, Optional<String>> complaint) {
    return new Form.Scalar(
        form.expected(), form.types(), form.pattern(), form.choices(), form.variables(), complaint);
  }

  private static Function<String, Optional<String>> means(Consumer<String> parser) {
    return text -> {
      try {
        parser.accept(text);
        return Optional.empty();
      } catch (IllegalArgumentException wrong) {
        return Optional.of(wrong.getMessage());
      }
    };
  }

  private static void zone(String name) {
    try {
      ZoneId.of(name);
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is no time zone; write UTC or one such as Europe/Berlin", unknown);
    }
  }
}
