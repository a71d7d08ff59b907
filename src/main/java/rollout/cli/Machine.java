package rollout.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import rollout.journal.Stores;
import rollout.report.Invocation;

/**
 * What a command knows of the world it runs in.
 *
 * @param environment the value of a variable, null when it is not set
 * @param out where results go
 * @param err where messages for people go
 * @param in where answers come from; empty when nobody can be asked
 * @param screen the terminal that {@code out} is; empty when it is none
 * @param directory what relative file names are relative to
 * @param nanoTime a stopwatch
 * @param interruptions who is told when the program is to end
 */
public record Machine(
    Function<String, String> environment,
    PrintWriter out,
    PrintWriter err,
    Optional<BufferedReader> in,
    Optional<Screen> screen,
    Path directory,
    InstantSource clock,
    LongSupplier nanoTime,
    ZoneId zone,
    String host,
    String user,
    Interruptions interruptions) {
  /** The value of a variable, empty when it is not set or has no text. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.apply(name)).filter(value -> !value.isBlank());
  }

  /** How this program was called, for lines that people copy; passwords are left out. */
  Invocation invocation(GlobalOptions options) {
    List<String> same = new ArrayList<>();
    options.state.ifPresent(url -> same.addAll(List.of("--state", withoutPassword(url))));
    options.config.ifPresent(file -> same.addAll(List.of("--config", file.toString())));
    return new Invocation(variable("ROLLOUT_PROGRAM").orElse("rollout"), same);
  }

  private static String withoutPassword(String url) {
    return Stores.shown(url).replace(":***@", "@");
  }

  /** Whether this is a job of a CI system. */
  boolean isCi() {
    return variable("CI").filter(value -> !value.equals("false")).isPresent();
  }
}
