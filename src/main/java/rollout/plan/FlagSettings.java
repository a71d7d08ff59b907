package rollout.plan;

import java.util.Map;

/**
 * What the plan says of one flag.
 *
 * @param variables values for {@code {{name}}} when this flag is rolled out
 */
public record FlagSettings(Map<String, String> variables) {
  public FlagSettings {
    variables = Map.copyOf(variables);
  }
}
