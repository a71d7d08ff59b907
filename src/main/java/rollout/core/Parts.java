package rollout.core;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Compares two records of one kind part by part. */
final class Parts {
  private Parts() {}

  /** A part that differs, in words. */
  record Part(String name, String one, String other) {}

  /** The parts that differ, in the record's order. */
  static List<Part> differing(Record one, Record other) {
    List<Part> parts = new ArrayList<>();
    for (RecordComponent component : one.getClass().getRecordComponents()) {
      Object mine = value(component, one);
      Object theirs = value(component, other);
      if (!Objects.equals(mine, theirs)) {
        parts.add(new Part(component.getName(), words(mine), words(theirs)));
      }
    }
    return parts;
  }

  private static Object value(RecordComponent component, Record of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String words(Object value) {
    return value instanceof Optional<?> maybe
        ? maybe.map(String::valueOf).orElse("none")
        : String.valueOf(value);
  }
}
