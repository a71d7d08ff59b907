package rollout.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What a command left behind.
 *
 * @param code its exit code
 * @param out all of stdout
 * @param err all of stderr
 */
public record Ended(int code, String out, String err) {
  private static final ObjectMapper STRICT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * The one document on stdout.
   *
   * @throws AssertionError when stdout is not exactly one JSON document
   */
  public JsonNode json() {
    try {
      return STRICT.readTree(out);
    } catch (JsonProcessingException other) {
      throw new AssertionError("stdout is not one JSON document:\n" + this, other);
    }
  }

  @Override
  public String toString() {
    return "exit code " + code + "\nstdout:\n" + out + "\nstderr:\n" + err;
  }
}
