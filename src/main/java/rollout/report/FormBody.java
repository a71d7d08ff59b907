package rollout.report;

import rollout.plan.Exposure;
import rollout.plan.Gate;

/** The form bodies of GitLab's Features API, as the contract spells them. */
final class FormBody {
  /** Enables the flag for one actor; who that is, is known once GitLab says whose token it is. */
  static final String MARKER = "value=true&user=<token's user>";

  private FormBody() {}

  /** What brings this exposure into force. */
  static String of(Gate gate, Exposure exposure) {
    if (exposure.isOff()) {
      return "value=false";
    }
    return exposure.isFull()
        ? "value=true"
        : "value=" + exposure.share().number() + "&key=" + gate.key();
  }
}
