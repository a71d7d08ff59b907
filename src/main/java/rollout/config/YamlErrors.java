package rollout.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import rollout.plan.Origin;

/** Says where and why the YAML parser gave up. */
final class YamlErrors {
  private static final Pattern MARK =
      Pattern.compile("^ in .*, line ([0-9]{1,8}), column ([0-9]{1,8}):", Pattern.MULTILINE);

  private YamlErrors() {}

  /** A place as the parser counts it, from 1. */
  static Origin origin(String file, JsonLocation location) {
    boolean known = location != null && location.getLineNr() > 0;
    return known
        ? new Origin(file, location.getLineNr(), Math.max(1, location.getColumnNr()))
        : new Origin(file, 1, 1);
  }

  /** Where the parser stumbled: it names the place last, after the place where it began. */
  static Origin place(String file, JsonProcessingException broken) {
    return MARK.matcher(broken.getOriginalMessage())
        .results()
        .reduce((first, last) -> last)
        .map(mark -> new Origin(file, number(mark.group(1)), number(mark.group(2))))
        .orElseGet(() -> origin(file, broken.getLocation()));
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  /** The parser's own words, without the quotation of the file that it puts between them. */
  static String said(JsonProcessingException broken) {
    return broken
        .getOriginalMessage()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith(" "))
        .collect(Collectors.joining(", "));
  }
}
