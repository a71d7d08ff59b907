package rollout.simulation;

import java.util.Optional;
import java.util.function.Supplier;
import rollout.plan.GateState;
import rollout.port.Flags;
import rollout.port.Journal;
import rollout.port.Signals;

/** The program's safety rules; one of them may be switched off, to see that it is missed. */
class Rules {
  /** All rules are in force. */
  static final Rules ALL = new Rules(Optional.empty());

  private final Optional<Rule> off;

  private Rules(Optional<Rule> off) {
    this.off = off;
  }

  static Rules without(Rule rule) {
    return new Rules(Optional.of(rule));
  }

  /** Whether any is switched off. */
  boolean areBroken() {
    return off.isPresent();
  }

  boolean lacks(Rule rule) {
    return off.isPresent() && off.get() == rule;
  }

  /**
   * The flags of one environment, as the program with these rules uses them.
   *
   * @param believed the gates as the journal has them
   */
  Flags of(Flags flags, Supplier<GateState> believed) {
    return off.map(rule -> Mutants.flags(rule, flags, believed)).orElse(flags);
  }

  Journal of(Journal journal) {
    return off.map(rule -> Mutants.journal(rule, journal)).orElse(journal);
  }

  Signals of(Signals signals) {
    return off.map(rule -> Mutants.signals(rule, signals)).orElse(signals);
  }
}
