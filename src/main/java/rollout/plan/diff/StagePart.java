package rollout.plan.diff;

import static rollout.plan.diff.Loosening.ifLarger;
import static rollout.plan.diff.Loosening.ifSmaller;
import static rollout.plan.diff.Loosening.never;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import rollout.plan.Exposure;
import rollout.plan.Stage;

/** The stages, and their order. */
final class StagePart extends NamedPart<Stage> {
  private static final List<Key<Stage, ?>> KEYS =
      List.of(
          Key.asked("environment", Stage::place),
          new Key<>("exposure", Stage::exposure, Exposure::toString, ifLarger()),
          Key.duration("bake", Stage::bake, ifSmaller()),
          Key.duration("interval", Stage::interval, ifLarger()),
          new Key<>("guardrails", Stage::guardrails, StagePart::list, someGone()),
          new Key<>("unguarded", Stage::unguarded, String::valueOf, ifLarger()),
          new Key<>(
              "approval",
              Stage::approval,
              Words.orNone(Words::quoted),
              Loosening.<String>ifLostOr(never())),
          new Key<>(
              "min_requests",
              Stage::minRequests,
              Words.orNone(String::valueOf),
              Loosening.always()),
          new Key<>(
              "require_detectable",
              Stage::requireDetectable,
              Words.<Double>orNone(times -> Words.of(times) + "x"),
              Loosening.<Double>ifLostOr(ifLarger())),
          new Key<>(
              "bake.at_most", Stage::bakeAtMost, Words.orNone(Words::of), Loosening.always()));

  StagePart() {
    super("stage", Stage::name);
  }

  /** All that differs, the order among those that both plans have included. */
  List<Change> withOrder(List<Stage> before, List<Stage> after) {
    List<Change> changes = new ArrayList<>(between(before, after));
    List<String> was = names(before);
    List<String> is = names(after);
    List<String> stayed = was.stream().filter(is::contains).toList();
    List<String> now = is.stream().filter(was::contains).toList();
    if (!stayed.equals(now)) {
      changes.add(new Change("stages: order " + list(stayed) + " → " + list(now), true));
    }
    return changes;
  }

  @Override
  boolean loosensWhenGone() {
    return true;
  }

  /** A step on the way to what the plan reached anyway does not loosen it. */
  @Override
  boolean loosensWhenNew(Stage one, Map<String, Stage> before, List<Stage> after) {
    Optional<Stage> next =
        after.subList(after.indexOf(one), after.size()).stream()
            .filter(later -> later.environments().equals(one.environments()))
            .filter(later -> before.containsKey(later.name()))
            .findFirst()
            .map(later -> before.get(later.name()))
            .filter(was -> was.environments().equals(one.environments()));
    return next.filter(was -> was.exposure().compareTo(one.exposure()) >= 0).isEmpty();
  }

  @Override
  String described(Stage one) {
    return one.exposure() + " of " + one.place() + " for " + Words.of(one.bake());
  }

  @Override
  List<Change> changed(String subject, Stage before, Stage after) {
    return Key.between(subject, KEYS, before, after);
  }

  private static BiPredicate<List<String>, List<String>> someGone() {
    return (before, after) -> !after.containsAll(before);
  }

  private static String list(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static List<String> names(List<Stage> stages) {
    return stages.stream().map(Stage::name).toList();
  }
}
