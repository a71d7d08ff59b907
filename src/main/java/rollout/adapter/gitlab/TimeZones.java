package rollout.adapter.gitlab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Properties;
import java.util.Set;

/**
 * Time zones as GitLab writes them: names of the tz database, offsets such as {@code +01:00}, and
 * the names that Rails gives to some, such as {@code Eastern Time (US & Canada)}.
 */
final class TimeZones {
  private static final String RAILS_NAMES = "rails-time-zones.properties";

  private TimeZones() {}

  /**
   * The zone.
   *
   * @throws IllegalArgumentException when there is none of this name
   */
  static ZoneId of(String name) {
    String known = RailsNames.ALL.getProperty(name, name);
    try {
      return ZoneId.of(known);
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException("\"" + name + "\" is no time zone it knows", unknown);
    }
  }

  /** The names that Rails gives to zones. */
  static Set<String> railsNames() {
    return RailsNames.ALL.stringPropertyNames();
  }

  /** Read when first needed. */
  private static final class RailsNames {
    static final Properties ALL = read();

    private static Properties read() {
      Properties names = new Properties();
      try (InputStream file = TimeZones.class.getResourceAsStream(RAILS_NAMES)) {
        names.load(file);
        return names;
      } catch (IOException broken) {
        throw new UncheckedIOException(RAILS_NAMES, broken);
      }
    }
  }
}
