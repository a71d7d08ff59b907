package rollout.judge.sequential;

/**
 * What one look counted. An arm that is missing or whose counter restarted makes the look void; a
 * void reference only sends the look to history.
 *
 * @param stage which of the stages that {@link Spending} was made for; from 0
 * @param at when the look's counts end, in seconds of the clock that {@link Past#weekBegins} is on
 * @param seconds since the look before
 * @param treated those with the flag; in a stage without a control everybody
 * @param control those without it, {@link Arm#MISSING} where nobody is
 * @param reference a sibling that the flag does not touch, {@link Arm#MISSING} without one
 */
public record Counts(
    int stage, double at, double seconds, Arm treated, Arm control, Arm reference) {}
