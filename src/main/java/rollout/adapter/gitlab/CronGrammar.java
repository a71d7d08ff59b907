package rollout.adapter.gitlab;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which cron expressions are understood: those that every version of GitLab's own parser, Fugit,
 * and our library read in the same sense. Left out are forms that Fugit changed its mind about
 * ({@code fri-mon}, {@code 5/10}), that only it knows ({@code %}, {@code &}, negative days, natural
 * language), and days of the month beside days of the week where one of them is a step.
 */
final class CronGrammar {
  private static final List<String> MONTHS =
      List.of(
          "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final Pattern ITEM =
      Pattern.compile("\\*|\\*/[1-9][0-9]?|(\\w{1,3})(-(\\w{1,3})(/[1-9][0-9]?)?)?");
  private static final Pattern NTH = Pattern.compile("([0-6]|[a-z]{3})#[1-5]");

  private CronGrammar() {}

  /**
   * The expression in five fields, all of them numbers.
   *
   * @throws IllegalArgumentException when it is not understood
   */
  static String plain(String text) {
    String[] fields = text.strip().toLowerCase(Locale.ROOT).split("\\s+");
    int first = fields.length == 6 && fields[0].equals("0") ? 1 : 0;
    if (fields.length - first != 5) {
      throw notUnderstood(text, "it has not five fields");
    }
    String minute = field(text, fields[first], List.of());
    String hour = field(text, fields[first + 1], List.of());
    String day =
        fields[first + 2].matches("l|last") ? "L" : field(text, fields[first + 2], List.of());
    String month = field(text, fields[first + 3], MONTHS);
    String weekday = weekday(text, fields[first + 4]);
    if (!day.equals("*") && !weekday.equals("*") && (day + weekday).contains("*")) {
      throw notUnderstood(text, "a step in one kind of day beside another kind of day");
    }
    return String.join(" ", minute, hour, day, month, weekday);
  }

  static IllegalArgumentException notUnderstood(String text, String why) {
    return new IllegalArgumentException("the cron expression \"" + text + "\": " + why);
  }

  private static String weekday(String text, String field) {
    if (field.contains("/")) {
      throw notUnderstood(text, "a step in the days of the week");
    }
    return NTH.matcher(field).matches()
        ? value(text, field.substring(0, field.length() - 2), DAYS)
            + field.substring(field.length() - 2)
        : field(text, field, DAYS);
  }

  private static String field(String text, String field, List<String> names) {
    List<String> items = List.of(field.split(",", -1));
    if (items.size() > 1 && field.contains("*")) {
      throw notUnderstood(text, "* among others");
    }
    return String.join(",", items.stream().map(item -> item(text, item, names)).toList());
  }

  private static String item(String text, String item, List<String> names) {
    Matcher matcher = ITEM.matcher(item);
    if (!matcher.matches()) {
      throw notUnderstood(text, "\"" + item + "\"");
    }
    if (item.startsWith("*")) {
      return item;
    }
    int from = value(text, matcher.group(1), names);
    if (matcher.group(3) == null) {
      return String.valueOf(from);
    }
    int to = value(text, matcher.group(3), names);
    if (to < from) {
      throw notUnderstood(text, "\"" + item + "\" ends before it begins");
    }
    return from + "-" + to + (matcher.group(4) == null ? "" : matcher.group(4));
  }

  private static int value(String text, String word, List<String> names) {
    if (word.matches("[0-9]{1,2}")) {
      return Integer.parseInt(word);
    }
    if (!names.contains(word) || word.isEmpty()) {
      throw notUnderstood(text, "\"" + word + "\"");
    }
    return names.indexOf(word);
  }
}
