package rollout.judge.sequential;

/**
 * A stage as the test sees it.
 *
 * @param looks how many are planned; at least 1
 * @param controlled whether some of those asked have the flag off, so that there is a concurrent
 *     control
 * @param extendable whether further looks may follow the planned ones
 */
public record JudgedStage(int looks, boolean controlled, boolean extendable) {}
