package rollout.judge.sequential;

/**
 * What one look added.
 *
 * @param next the state to judge the next look from
 * @param logEvidence the natural logarithm of E, which is held against 1/α
 * @param dispersion how many times noisier than independent errors the counts were taken to be
 * @param expectedShare the treated arm's share of the errors at the edge of what is tolerated
 * @param ratio how many times the control's error rate the treated arm had in this stage so far
 * @param control what was compared with
 * @param breached whether E reached 1/α
 */
public record Step(
    TestState next,
    double logEvidence,
    double dispersion,
    double expectedShare,
    double ratio,
    ControlKind control,
    boolean breached) {}
