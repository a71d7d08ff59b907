package rollout.engine;

import java.util.function.Function;
import rollout.port.Calendar;
import rollout.port.Flags;
import rollout.port.Signals;

/**
 * The servers a rollout speaks to, by the names its plan gives them. Each may throw an unchecked
 * exception whose message says which secret or address is missing.
 *
 * @param flags by environment
 * @param signals by source
 * @param calendars by environment
 */
public record Servers(
    Function<String, Flags> flags,
    Function<String, Signals> signals,
    Function<String, Calendar> calendars) {}
