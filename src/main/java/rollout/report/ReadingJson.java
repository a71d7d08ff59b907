package rollout.report;

import java.util.List;
import java.util.TreeMap;
import rollout.judge.Reading;

/** What a source said, as {@code history -o json} shows it. */
final class ReadingJson {
  private ReadingJson() {}

  static Json of(Reading reading) {
    Json json = new Json().put("type", reading.getClass().getSimpleName());
    if (reading instanceof Reading.Value value) {
      return json.put("value", value.value());
    } else if (reading instanceof Reading.Counts counts) {
      return json.put("errors", counts.errors()).put("requests", counts.requests());
    } else if (reading instanceof Reading.Split split) {
      return json.put("treated", counts(split.treated())).put("control", counts(split.control()));
    } else if (reading instanceof Reading.Firing firing) {
      return json.put("count", firing.count()).put("newest", alerts(firing));
    } else if (reading instanceof Reading.Series series) {
      Json values = new Json();
      new TreeMap<>(series.values())
          .forEach((label, value) -> values.put(Escape.line(label), value));
      return json.put("values", values);
    } else if (reading instanceof Reading.NoData none) {
      return json.put("reason", none.reason());
    } else if (reading instanceof Reading.Partial partial) {
      return json.put("reason", partial.reason());
    } else if (reading instanceof Reading.Unavailable unavailable) {
      return json.put("reason", unavailable.reason());
    }
    throw new AssertionError("no JSON for " + reading.getClass().getSimpleName());
  }

  private static Json counts(Reading.Counts counts) {
    return new Json().put("errors", counts.errors()).put("requests", counts.requests());
  }

  private static List<Json> alerts(Reading.Firing firing) {
    return firing.newest().stream()
        .map(alert -> new Json().put("name", alert.name()).put("since", alert.since()))
        .toList();
  }
}
