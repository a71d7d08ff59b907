package rollout.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command has. */
final class GlobalOptions {
  /** How results are printed. */
  enum Output {
    text,
    json
  }

  /** Whether text is coloured. */
  enum Color {
    auto,
    always,
    never
  }

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "The plan; default $ROLLOUT_CONFIG, else rollout.yaml here.")
  Optional<Path> config = Optional.empty();

  @Option(
      names = "--state",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description =
          "Where rollouts are remembered: sqlite:PATH or postgresql://USER@HOST/DATABASE; default"
              + " $ROLLOUT_STATE, else a file under $XDG_STATE_HOME/rollout.")
  Optional<String> state = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      defaultValue = "text",
      scope = ScopeType.INHERIT,
      description = "With json, stdout holds one JSON document and messages go to stderr.")
  Output output = Output.text;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Say more; with a stack trace when something breaks.")
  boolean verbose;

  @Option(
      names = "--color",
      paramLabel = "auto|always|never",
      defaultValue = "auto",
      scope = ScopeType.INHERIT,
      description = "Whether text is coloured; NO_COLOR is honoured.")
  Color color = Color.auto;

  @Option(
      names = "--var",
      paramLabel = "NAME=VALUE",
      scope = ScopeType.INHERIT,
      description = "The value of a placeholder; wins over the plan's. May be repeated.")
  Map<String, String> variables = new LinkedHashMap<>();

  boolean isJson() {
    return output == Output.json;
  }
}
