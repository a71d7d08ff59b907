/**
 * What a source answered, and what that says of the flag. Pure arithmetic.
 *
 * <p>Measuring and judging are apart: an adapter gives a {@link rollout.judge.Reading} and never an
 * opinion; a judge gives a {@link rollout.judge.Verdict} and never asks.
 */
package rollout.judge;
