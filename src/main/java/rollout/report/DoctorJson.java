package rollout.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import rollout.port.Health;

/** What {@code doctor} found, as data. */
public final class DoctorJson {
  private DoctorJson() {}

  /**
   * {@code {"servers": [{"server", "findings": [{"wellness", "subject", "detail"}]}]}}.
   *
   * @param findings by server, in the order they are listed
   */
  public static ObjectNode of(Map<String, List<Health.Finding>> findings) {
    List<Json> servers =
        findings.entrySet().stream()
            .map(one -> new Json().put("server", one.getKey()).put("findings", all(one.getValue())))
            .toList();
    return new Json().put("servers", servers).node();
  }

  private static List<Json> all(List<Health.Finding> findings) {
    return findings.stream()
        .map(
            finding ->
                new Json()
                    .put("wellness", finding.wellness())
                    .put("subject", finding.subject())
                    .put("detail", finding.detail()))
        .toList();
  }
}
