package rollout.report;

import java.util.List;
import java.util.Optional;
import rollout.core.Foreseen;
import rollout.plan.Stage;

/**
 * What the stages of a plan could see, as far as that is known.
 *
 * @param silence why nothing is known; empty when it is
 */
public record Outlook(List<Foreseen> foreseen, Optional<String> silence) {
  /** Nobody asked. */
  public static final Outlook UNASKED = new Outlook(List.of(), Optional.empty());

  public Outlook {
    foreseen = List.copyOf(foreseen);
  }

  /** Nothing is known, for this reason. */
  public static Outlook silent(String why) {
    return new Outlook(List.of(), Optional.of(why));
  }

  /** What one stage could see. */
  List<Foreseen> of(Stage stage) {
    return foreseen.stream().filter(one -> one.stage().equals(stage.name())).toList();
  }
}
