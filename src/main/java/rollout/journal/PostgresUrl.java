package rollout.journal;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a PostgreSQL lies and who we are to it: {@code
 * postgresql://user:password@host:port/database?sslmode=verify-full}. Options are those of the JDBC
 * driver. Nothing secret is ever part of what is shown, or of the driver's own URL.
 */
final class PostgresUrl {
  private static final Pattern FORM =
      Pattern.compile(
          "postgres(?:ql)?://(?:(?<user>[^:@/?]*)(?::(?<password>.*))?@)?"
              + "(?<hosts>[^@/?]+)/(?<database>[^/?]+)(?:\\?(?<options>.*))?");

  private static final Pattern PASSWORD =
      Pattern.compile("^(\\w+:/+[^:/@]*:|(?!\\w+:/)[^:/@]*:).*@");
  private static final Pattern OPTION = Pattern.compile("(?i)((?:ssl)?password=)[^&]*");

  private final String hosts;
  private final String database;
  private final Optional<String> user;
  private final Map<String, String> settings;

  private PostgresUrl(
      String hosts, String database, Optional<String> user, Map<String, String> settings) {
    this.hosts = hosts;
    this.database = database;
    this.user = user;
    this.settings = settings;
  }

  static boolean isOne(String url) {
    return url.startsWith("postgresql:") || url.startsWith("postgres:");
  }

  /**
   * Reads it.
   *
   * @param environment for {@code PGUSER} and {@code PGPASSWORD}, which the URL overrides
   * @return empty when it has not the form
   */
  static Optional<PostgresUrl> parse(String url, Function<String, String> environment) {
    Matcher form = FORM.matcher(url);
    if (!form.matches()) {
      return Optional.empty();
    }
    Map<String, String> settings = new TreeMap<>();
    try {
      Optional<String> user = part(form, "user").or(() -> variable(environment, "PGUSER"));
      user.ifPresent(name -> settings.put("user", name));
      part(form, "password")
          .or(() -> variable(environment, "PGPASSWORD"))
          .ifPresent(password -> settings.put("password", password));
      for (String option : part(form, "options", text -> text).orElse("").split("&")) {
        int equals = option.indexOf('=');
        if (equals > 0) {
          settings.put(option.substring(0, equals), decoded(option.substring(equals + 1)));
        }
      }
    } catch (IllegalArgumentException badlyEncoded) {
      return Optional.empty();
    }
    Optional<String> user = Optional.ofNullable(settings.get("user"));
    return Optional.of(
        new PostgresUrl(form.group("hosts"), form.group("database"), user, settings));
  }

  /** Any text that was meant to be a state, without what may be a password in it. */
  static String withoutSecrets(String text) {
    String shown = PASSWORD.matcher(text).replaceFirst("$1***@");
    return OPTION.matcher(shown).replaceAll("$1***");
  }

  /** What people call it. */
  String shown() {
    return "postgresql://" + user.map(name -> name + "@").orElse("") + hosts + "/" + database;
  }

  /** The driver's own URL: the place alone. */
  String jdbc() {
    return "jdbc:postgresql://" + hosts + "/" + database;
  }

  /** Everything else, a copy. */
  Properties settings() {
    Properties copy = new Properties();
    copy.putAll(settings);
    return copy;
  }

  @Override
  public String toString() {
    return shown();
  }

  private static Optional<String> part(Matcher form, String name) {
    return part(form, name, PostgresUrl::decoded);
  }

  private static Optional<String> part(
      Matcher form, String name, Function<String, String> decoding) {
    return Optional.ofNullable(form.group(name)).filter(text -> !text.isEmpty()).map(decoding);
  }

  private static Optional<String> variable(Function<String, String> environment, String name) {
    return Optional.ofNullable(environment.apply(name)).filter(value -> !value.isEmpty());
  }

  /** A plus sign stands for itself, as everywhere outside of forms. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
