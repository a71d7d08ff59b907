package rollout.adapter.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Reads JSON that somebody else wrote: at most 64 levels deep, strings up to 4 MiB, numbers of up
 * to 100 digits and exact, no name twice in one object, nothing after the end.
 */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxStringLength(4 << 20)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  static JsonNode read(HttpAnswer answer) throws HttpFailure {
    try {
      JsonNode node = MAPPER.readTree(answer.body());
      if (!node.isMissingNode()) {
        return node;
      }
      throw unreadable(answer, null);
    } catch (JsonProcessingException broken) {
      throw unreadable(answer, broken);
    }
  }

  private static HttpFailure unreadable(HttpAnswer answer, Throwable cause) {
    String message =
        "the answer (status " + answer.status() + ") should be JSON and is " + answer.summary();
    return new HttpFailure(HttpFailure.Reason.UNREADABLE, answer.status(), message, cause);
  }
}
