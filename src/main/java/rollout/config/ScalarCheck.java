package rollout.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** Holds single values against their form. */
final class ScalarCheck {
  private static final int LONGEST = 10_000;

  private final Problems problems;

  ScalarCheck(Problems problems) {
    this.problems = problems;
  }

  void check(String what, YamlNode node, Form.Scalar form) {
    if (!(node instanceof YamlNode.Scalar scalar)) {
      wrongKind(what, node, form.expected());
    } else if (scalar.isNull() || scalar.text().isBlank()) {
      problems.error(node.origin(), what + " has no value; expected " + form.expected());
    } else {
      complaint(scalar, form)
          .ifPresent(complaint -> problems.error(node.origin(), what + ": " + complaint));
    }
  }

  private static Optional<String> complaint(YamlNode.Scalar scalar, Form.Scalar form) {
    String text = scalar.text();
    if (text.length() > LONGEST) {
      return Optional.of("longer than " + LONGEST + " characters");
    }
    if (!form.variables() && text.contains("${")) {
      return Optional.of(
          "\"${…}\" is read only in url, token, api_key, webhook, secret, routing_key, basic,"
              + " headers, *_file, ca, client_cert and client_key; write the value out");
    }
    if (!form.choices().isEmpty()) {
      return choice(scalar, form);
    }
    boolean shaped = form.pattern().map(pattern -> found(pattern, text)).orElse(true);
    return form.complaint()
        .apply(text)
        .or(() -> shaped ? Optional.empty() : Optional.of(not(text, form)));
  }

  private static Optional<String> choice(YamlNode.Scalar scalar, Form.Scalar form) {
    boolean quotedBoolean = form == Scalars.BOOLEAN && !scalar.plain();
    if (form.choices().contains(scalar.text()) && !quotedBoolean) {
      return Optional.empty();
    }
    return Optional.of(not(scalar.text(), form));
  }

  private static String not(String text, Form.Scalar form) {
    // What may hold a secret is never repeated.
    return form.variables()
        ? "expected " + form.expected()
        : "\"" + text + "\" is not " + form.expected();
  }

  private static boolean found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).find();
  }

  void wrongKind(String what, YamlNode node, String expected) {
    problems.error(node.origin(), what + " is " + node.kind() + "; expected " + expected);
  }
}
