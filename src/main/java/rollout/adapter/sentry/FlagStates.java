package rollout.adapter.sentry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What an event says of a flag: GitLab writes it into the context, Sentry's own SDKs elsewhere. */
final class FlagStates {
  private FlagStates() {}

  /** Whether the flag was on when the event happened; empty when the event does not say. */
  static Optional<Boolean> of(JsonNode event, String flag) {
    return gitLabs(event.path("context").path("feature_flag_states"), flag)
        .or(() -> sentrys(event.path("contexts").path("flags").path("values"), flag));
  }

  /** {@code gitaly_x:1} and {@code gitaly_x:0}, in a list or in one text. */
  private static Optional<Boolean> gitLabs(JsonNode states, String flag) {
    String all = states.isTextual() ? states.asText() : "";
    StringBuilder words = new StringBuilder(all);
    states.forEach(state -> words.append(' ').append(state.asText()));
    for (String word : words.toString().split("[\\s,]+")) {
      if (word.equals(flag + ":1") || word.equals(flag + ":0")) {
        return Optional.of(word.endsWith("1"));
      }
    }
    return Optional.empty();
  }

  /** {@code {"flag": "x", "result": true}}; the last one is the latest. */
  private static Optional<Boolean> sentrys(JsonNode values, String flag) {
    Optional<Boolean> state = Optional.empty();
    for (JsonNode value : values) {
      if (value.path("flag").asText().equals(flag) && value.path("result").isBoolean()) {
        state = Optional.of(value.path("result").asBoolean());
      }
    }
    return state;
  }
}
