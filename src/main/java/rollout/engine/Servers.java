package rollout.engine;

import java.util.function.Function;
import rollout.port.Flags;
import rollout.port.Signals;

/**
 * The servers a rollout speaks to, by the names its plan gives them. Both may throw an unchecked
 * exception whose message says which secret or address is missing.
 *
 * @param flags by environment
 * @param signals by source
 */
public record Servers(Function<String, Flags> flags, Function<String, Signals> signals) {}
