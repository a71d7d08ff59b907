package rollout.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import rollout.port.Audit.Break;
import rollout.port.Audit.Finding;
import rollout.port.Head;

/** What {@code audit verify} found, as data. */
public final class AuditJson {
  private AuditJson() {}

  /**
   * {@code {"intact", "events", "rollouts": [{"rollout", "flag", "events", "seq", "head", "intact",
   * "breaks": [{"seq", "what"}]}]}}.
   */
  public static ObjectNode of(List<Finding> findings) {
    return new Json()
        .put("intact", findings.stream().allMatch(Finding::isIntact))
        .put("events", findings.stream().mapToLong(Finding::events).sum())
        .put("rollouts", findings.stream().map(AuditJson::rollout).toList())
        .node();
  }

  /** {@code {"seq", "head"}}: how far a history goes, and what seals it. */
  public static ObjectNode head(Head head) {
    return new Json().put("seq", head.seq()).put("head", head.hash()).node();
  }

  private static Json rollout(Finding finding) {
    return new Json()
        .put("rollout", finding.rollout())
        .put("flag", finding.flag())
        .put("events", finding.events())
        .put("seq", finding.head().seq())
        .put("head", finding.head().hash())
        .put("intact", finding.isIntact())
        .put("breaks", finding.breaks().stream().map(AuditJson::broken).toList());
  }

  private static Json broken(Break one) {
    return new Json().put("seq", one.seq()).put("what", one.what());
  }
}
