package rollout.core;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rollout.plan.Exposure;
import rollout.plan.GateState;
import rollout.plan.Role;
import rollout.plan.SignalQuery;
import rollout.plan.Window;

/** Something the engine is to do. Each is safe to be asked for again. */
public sealed interface Effect {
  /** Read the flag in one environment; comes back as {@link Input.ExposureRead}. */
  record ReadExposure(String environment) implements Effect {}

  /** Read the flag in every cell of a stage; comes back as one {@link Input.StageRead}. */
  record ReadStage(List<String> environments) implements Effect {
    public ReadStage {
      environments = List.copyOf(environments);
    }
  }

  /**
   * Enable the flag for the token's own user; comes back as {@link Input.Marked}. Observes first: a
   * marker that is there is not sent again, and anywhere but at {@code expected} nothing is sent.
   */
  record SetMarker(String environment, String actorGate, GateState expected) implements Effect {}

  /** Say whose token this is; comes back as {@link Input.Identified}. */
  record Identify(String environment) implements Effect {}

  /**
   * Raise exposure. Observes first: at {@code target} nothing is sent, anywhere but at {@code
   * expected} nothing is sent either; comes back as {@link Input.ExposureRead} or {@link
   * Input.ExposureSet}.
   *
   * @param beside the cells that were raised before, all gates as they must still be: where one of
   *     them is found otherwise nothing is sent, and that is what comes back
   */
  record SetExposure(
      String environment,
      Exposure exposure,
      GateState expected,
      GateState target,
      Map<String, GateState> beside)
      implements Effect {
    public SetExposure {
      beside = Collections.unmodifiableMap(new LinkedHashMap<>(beside));
    }
  }

  /** Switch the flag off; comes back as {@link Input.ExposureSet}. */
  record SwitchOff(String environment) implements Effect {}

  /**
   * Put back the actor and group gates that were there before. Observes first: anywhere but at off
   * nothing is sent; comes back as {@link Input.ExposureRead} or {@link Input.BaselineSet}.
   *
   * @param gates actors and groups only
   */
  record RestoreBaseline(String environment, GateState gates) implements Effect {}

  /** Take these looks, oldest first; comes back as one {@link Input.Measured}. */
  record Measure(String stage, List<Look> looks) implements Effect {
    public Measure {
      looks = List.copyOf(looks);
    }
  }

  /**
   * Read what a service was like before the rollout; comes back as {@link Input.PastRead}.
   *
   * @param series what a comparison needs to know
   */
  record ReadPast(String guardrail, String environment, List<Series> series) implements Effect {
    public ReadPast {
      series = List.copyOf(series);
    }
  }

  /**
   * One query over many windows that lie side by side.
   *
   * @param role what the answers mean
   * @param windows oldest first, all of one length, none empty
   */
  record Series(Role role, SignalQuery query, List<Window> windows) {
    public Series {
      windows = List.copyOf(windows);
    }
  }

  /**
   * Ask for the incidents and freezes that the plan names; comes back as {@link
   * Input.CalendarRead}.
   */
  record AskCalendar() implements Effect {}

  /** Nothing to do before this moment. */
  record WakeAt(Instant at) implements Effect {}
}
