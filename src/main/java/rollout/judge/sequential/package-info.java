/**
 * The test behind {@code type: compare}: is the treated arm's share of the errors larger than its
 * share of the requests explains?
 *
 * <p>{@link rollout.judge.sequential.Past} says how the service behaved before, {@link
 * rollout.judge.sequential.Spending} what each look may cost, and {@link
 * rollout.judge.sequential.SequentialTest} takes look after look from one {@link
 * rollout.judge.sequential.TestState} to the next. Pure arithmetic on doubles: what is stored and
 * read back goes on exactly as if it had never been away.
 */
package rollout.judge.sequential;
