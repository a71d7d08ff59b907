package rollout.sandbox;

import java.time.Instant;
import rollout.plan.GateState;

/**
 * The true gates of a flag from one moment on.
 *
 * @param gates in force until the next change
 */
public record GateChange(Instant at, GateState gates) {}
