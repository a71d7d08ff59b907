package rollout.plan.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Parts of a plan of which there are several, told apart by their names. */
abstract class NamedPart<T> {
  private final String noun;
  private final Function<T, String> nameOf;

  NamedPart(String noun, Function<T, String> nameOf) {
    this.noun = noun;
    this.nameOf = nameOf;
  }

  abstract boolean loosensWhenGone();

  /** What it is, in a few words, when it is new. */
  abstract String described(T one);

  abstract List<Change> changed(String subject, T before, T after);

  /** Whether a new one loosens, among all that there are now. */
  boolean loosensWhenNew(T one, Map<String, T> before, List<T> after) {
    return false;
  }

  final List<Change> between(List<T> before, List<T> after) {
    Map<String, T> was = named(before);
    Map<String, T> is = named(after);
    List<Change> changes = new ArrayList<>();
    was.forEach(
        (name, one) -> {
          if (!is.containsKey(name)) {
            changes.add(new Change(subject(name) + " is gone", loosensWhenGone()));
          }
        });
    is.forEach(
        (name, one) -> {
          if (was.containsKey(name)) {
            changes.addAll(changed(subject(name), was.get(name), one));
          } else {
            String words = subject(name) + " is new: " + described(one);
            changes.add(new Change(words, loosensWhenNew(one, was, after)));
          }
        });
    return changes;
  }

  private String subject(String name) {
    return noun + " " + name;
  }

  private Map<String, T> named(List<T> all) {
    Map<String, T> named = new LinkedHashMap<>();
    all.forEach(one -> named.put(nameOf.apply(one), one));
    return named;
  }
}
