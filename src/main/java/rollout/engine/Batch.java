package rollout.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import rollout.plan.Question;
import rollout.plan.Role;
import rollout.plan.SignalQuery;
import rollout.plan.Window;

/**
 * One query over several windows, which one request may answer.
 *
 * @param windows oldest first, each once
 * @param firstLook the index of the oldest look that waits for it
 */
record Batch(SignalQuery query, List<Window> windows, int firstLook) {
  private static final Comparator<Window> OLDEST_FIRST =
      Comparator.comparing(Window::to).thenComparing(Window::from);

  Batch {
    windows = List.copyOf(windows);
  }

  /**
   * Puts the questions of several looks into as few batches as the sources allow.
   *
   * @param looks the questions of each, the oldest look first
   * @param atOnce how many windows a source takes at once
   * @return the batches of the oldest looks first
   */
  static List<Batch> of(List<List<Question>> looks, ToIntFunction<String> atOnce) {
    Map<SignalQuery, Map<Window, Integer>> firstLooks = new LinkedHashMap<>();
    for (int look = 0; look < looks.size(); look++) {
      for (Question question : looks.get(look)) {
        firstLooks
            .computeIfAbsent(question.query(), query -> new TreeMap<>(OLDEST_FIRST))
            .putIfAbsent(question.window(), look);
      }
    }
    List<Batch> batches = new ArrayList<>();
    firstLooks.forEach(
        (query, windows) -> batches.addAll(of(query, windows, atOnce.applyAsInt(query.source()))));
    batches.sort(Comparator.comparingInt(Batch::firstLook));
    return batches;
  }

  private static List<Batch> of(SignalQuery query, Map<Window, Integer> firstLooks, int most) {
    List<Window> windows = new ArrayList<>(firstLooks.keySet());
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < windows.size(); from += most) {
      List<Window> some = windows.subList(from, Math.min(windows.size(), from + most));
      int first = some.stream().mapToInt(firstLooks::get).min().orElseThrow();
      batches.add(new Batch(query, some, first));
    }
    return batches;
  }

  /** What is asked over one of the windows, whatever its answer will mean. */
  Question question(int window) {
    return new Question(Role.VALUE, query, windows.get(window));
  }
}
