package rollout.adapter.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import rollout.adapter.http.HttpAnswer;
import rollout.port.PortException;

/**
 * A successful answer of the query API. {@code infos} are left out: they warn of nothing.
 *
 * @param asked what was asked of whom, for messages
 * @param type {@code vector}, {@code matrix}, {@code scalar} or {@code string}
 * @param result as Prometheus writes it for that type
 * @param warnings why the result may be incomplete
 */
record Answer(String asked, String type, JsonNode result, List<String> warnings) {
  Answer {
    warnings = List.copyOf(warnings);
  }

  static Answer of(JsonNode body, String asked) throws PortException {
    if (!body.path("status").asText().equals("success")) {
      throw unusable(
          asked,
          "it said 200 but not success: "
              + HttpAnswer.oneLine(
                  body.path("errorType").asText("no errorType")
                      + ": "
                      + body.path("error").asText("no error")));
    }
    JsonNode data = body.path("data");
    if (!data.path("resultType").isTextual() || !data.path("result").isArray()) {
      throw unusable(asked, "the answer has no result");
    }
    List<String> warnings = new ArrayList<>();
    body.path("warnings").forEach(warning -> warnings.add(warning.asText()));
    return new Answer(asked, data.path("resultType").asText(), data.path("result"), warnings);
  }

  boolean isEmpty() {
    return result.isEmpty();
  }

  /** The warnings in one line. */
  String warned() {
    return HttpAnswer.oneLine(String.join("; ", warnings));
  }

  /** An answer that cannot be used, and what to do about it. */
  PortException unusable(String why) {
    return unusable(asked, why);
  }

  private static PortException unusable(String asked, String why) {
    return new PortException(PortException.Kind.REFUSED, 200, asked + ", but " + why, null);
  }
}
