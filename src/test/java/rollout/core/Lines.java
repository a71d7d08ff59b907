package rollout.core;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import rollout.judge.Verdict;
import rollout.judge.sequential.Past;
import rollout.plan.diff.Change;

/** Events as lines for people. Looks that say the same are one line. */
final class Lines {
  private static final Set<String> LEFT_OUT =
      Set.of(
          "digestBefore",
          "digestAfter",
          "at",
          "plan",
          "rollout",
          "program",
          "actor",
          "overrides",
          "actorGate",
          "adopted");

  private Lines() {}

  static List<String> of(List<Event> events) {
    List<String> lines = new ArrayList<>();
    Event.Judged first = null;
    Event.Judged last = null;
    for (Event event : events) {
      if (event instanceof Event.Judged judged) {
        if (last != null && !summary(judged).equals(summary(last))) {
          lines.add(looks(first, last));
          first = null;
        }
        first = first == null ? judged : first;
        last = judged;
      } else if (!(event instanceof Event.Measured)) {
        if (last != null) {
          lines.add(looks(first, last));
        }
        first = null;
        last = null;
        lines.add(time(event.at()) + " " + line(event));
      }
    }
    if (last != null) {
      lines.add(looks(first, last));
    }
    return lines;
  }

  static String time(Instant at) {
    Duration since = Duration.between(Driver.BEGIN, at);
    String millis = since.toMillisPart() == 0 ? "" : ".%03d".formatted(since.toMillisPart());
    return "%d:%02d:%02d%s"
        .formatted(since.toHours(), since.toMinutesPart(), since.toSecondsPart(), millis);
  }

  private static String looks(Event.Judged first, Event.Judged last) {
    boolean one = first.look() == last.look();
    return time(last.at())
        + " Judged "
        + last.stage()
        + " look "
        + first.look()
        + (one ? "" : " to " + last.look())
        + ": "
        + summary(last);
  }

  private static String summary(Event.Judged look) {
    String findings =
        look.findings().stream()
            .filter(one -> one.kind() != Verdict.Kind.PASS)
            .map(one -> one.guardrail() + " " + one.kind() + " (" + one.reason() + ")")
            .collect(Collectors.joining(", "));
    if (look.findings().isEmpty()) {
      return "nothing to judge";
    }
    return findings.isEmpty() ? "all PASS" : findings;
  }

  private static String line(Event event) {
    StringBuilder line = new StringBuilder(event.getClass().getSimpleName());
    for (RecordComponent component : event.getClass().getRecordComponents()) {
      if (!LEFT_OUT.contains(component.getName())) {
        String text = text(valueOf(component, event));
        line.append(text.isEmpty() ? "" : " " + component.getName() + "=" + text);
      }
    }
    return line.toString();
  }

  private static Object valueOf(RecordComponent component, Event event) {
    try {
      return component.getAccessor().invoke(event);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(component.toString(), e);
    }
  }

  private static String text(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(Lines::text).orElse("");
    } else if (value instanceof Past past) {
      return past.week().isEmpty() ? "none" : past.week().size() + " steps of 30m";
    } else if (value instanceof Instant at) {
      return time(at);
    } else if (value instanceof Collection<?> many) {
      return many.stream().map(Lines::text).collect(Collectors.joining(","));
    } else if (value instanceof Change change) {
      return "\"" + (change.loosens() ? "LOOSENS " : "") + change.words() + "\"";
    } else if (value instanceof Map<?, ?> map) {
      return map.toString();
    } else if (value instanceof Double number) {
      return String.format(Locale.ROOT, "%.4g", number);
    }
    String text = value.toString();
    return text.contains(" ") ? "\"" + text + "\"" : text;
  }
}
