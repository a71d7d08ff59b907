package rollout.testing;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Samples of counters at several moments, to be written together. */
final class Scrape {
  private record Name(String metric, Map<String, String> labels) {}

  private final Map<Name, Map<Instant, Double>> samples = new LinkedHashMap<>();
  private Instant at;

  /** What is added from now on was so at this moment. */
  void at(Instant moment) {
    at = moment;
  }

  /**
   * Adds whole counts; nothing while there are none.
   *
   * @param labels name, value, name, value, …
   */
  void add(String metric, double count, String... labels) {
    double whole = Math.floor(count);
    if (whole > 0) {
      Map<String, String> named = new TreeMap<>();
      for (int i = 0; i < labels.length; i += 2) {
        named.put(labels[i], labels[i + 1]);
      }
      samples.computeIfAbsent(new Name(metric, named), name -> new TreeMap<>()).put(at, whole);
    }
  }

  RemoteWrite write() {
    RemoteWrite write = new RemoteWrite();
    samples.forEach((name, values) -> write.series(name.metric(), name.labels(), values));
    return write;
  }
}
