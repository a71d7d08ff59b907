package rollout.report;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import rollout.core.Actor;
import rollout.core.Event;
import rollout.core.HoldKind;
import rollout.core.Obstacle;
import rollout.core.RolloutState;
import rollout.core.Seal;
import rollout.plan.Durations;
import rollout.plan.Exposure;
import rollout.plan.Gate;
import rollout.plan.Safety;
import rollout.plan.Stage;

/** Every event as one plain line, without its time. */
final class EventWords {
  private EventWords() {}

  /** Whether only somebody who asks for everything wants to read it. */
  static boolean isQuiet(Optional<RolloutState> before, Event event) {
    return event instanceof Event.Measured
        || event instanceof Event.Judged look && LookWords.isQuiet(before, look);
  }

  /**
   * The line, escaped.
   *
   * @param before the state the event was added to; empty for the first
   */
  static String of(Optional<RolloutState> before, Event event) {
    return Escape.line(words(before, event));
  }

  private static String words(Optional<RolloutState> before, Event event) {
    if (event instanceof Event.Started e) {
      return started(e);
    } else if (event instanceof Event.Overridden e) {
      return overridden(e) + by(e.actor()) + because(e.reason());
    } else if (event instanceof Event.GatesRecorded e) {
      return e.environment() + ": before our first write: " + e.gates();
    } else if (event instanceof Event.Replanned e) {
      return ReplanText.line(e);
    } else if (event instanceof Event.LimitSet e) {
      return e.stage().map(stage -> "goes no further than stage " + stage).orElse("goes to the end")
          + by(e.actor());
    } else if (event instanceof Event.StageEntered e) {
      return e.stage() + ": entered" + target(before, e);
    } else if (event instanceof Event.MarkerIntended e) {
      return e.environment() + ": about to enable it for " + e.actorGate() + ", our marker";
    } else if (event instanceof Event.MarkerConfirmed e) {
      return e.environment() + ": marker confirmed, now " + e.gates();
    } else if (event instanceof Event.ExposureIntended e) {
      String raise = share(e.exposure(), e.environment());
      return e.stage() + ": about to raise to " + raise + ", from " + e.expected();
    } else if (event instanceof Event.ExposureConfirmed e) {
      String how = e.adopted() ? "found so, nothing was sent" : body(before, e.exposure());
      return e.stage() + ": " + share(e.exposure(), e.environment()) + " confirmed (" + how + ")";
    } else if (event instanceof Event.AttemptFailed e) {
      return e.environment() + ": " + failed(e) + ": " + e.reason() + retry(e);
    } else if (event instanceof Event.Answered e) {
      return e.environment() + ": GitLab answers again";
    } else if (event instanceof Event.StageVerified e) {
      String share = share(e.exposure(), String.join(", ", e.environments()));
      return e.stage() + ": " + share + " in force everywhere, the bake begins";
    }
    return watched(before, event);
  }

  private static String watched(Optional<RolloutState> before, Event event) {
    if (event instanceof Event.Measured e) {
      return e.stage() + ": look " + e.look() + ": " + count(e.measurements(), "measurement");
    } else if (event instanceof Event.Judged e) {
      return LookWords.of(e);
    } else if (event instanceof Event.PastRead e) {
      return e.guardrail() + " in " + e.environment() + ": " + CompareText.past(e.past());
    } else if (event instanceof Event.PastUnread e) {
      return e.guardrail()
          + " in "
          + e.environment()
          + ": the week before could not be read (asked again "
          + Times.due(e.at(), e.retryAt())
          + "): "
          + e.reason();
    } else if (event instanceof Event.Warned e) {
      return e.stage() + ": warning: " + e.reason();
    } else if (event instanceof Event.ApprovalAsked e) {
      return e.stage() + ": the bake is over and clear; waiting for a yes to: " + e.question();
    } else if (event instanceof Event.Approved e) {
      return e.stage() + ": approved by " + e.actor() + because(e.reason());
    } else if (event instanceof Event.Promoted e) {
      return e.stage() + ": the rest of the bake is skipped by " + e.actor() + because(e.reason());
    } else if (event instanceof Event.StagePassed e) {
      return e.stage() + ": passed, " + share(e.exposure(), String.join(", ", e.environments()));
    } else if (event instanceof Event.Held e && e.kind() == HoldKind.WINDOW) {
      return "waiting: " + e.reason();
    } else if (event instanceof Event.Held e) {
      return "held: " + e.reason() + by(e.actor());
    } else if (event instanceof Event.Resumed e) {
      String lifted = e.lifted().stream().map(Json::word).collect(Collectors.joining(", "));
      return "goes on (hold lifted: " + lifted + ")" + by(e.actor()) + because(e.reason());
    }
    return takenBack(before, event);
  }

  private static String takenBack(Optional<RolloutState> before, Event event) {
    if (event instanceof Event.DriftSeen e) {
      return e.environment() + ": drift: expected " + e.expected() + ", found " + e.actual();
    } else if (event instanceof Event.RollbackDecided e) {
      return e.stage() + ": ROLLING BACK " + join(e.environments()) + ": " + e.reason();
    } else if (event instanceof Event.AbortRequested e) {
      String where = e.environments().isEmpty() ? "" : ", switching off " + join(e.environments());
      return "ABORTED by " + e.actor() + where + because(e.reason());
    } else if (event instanceof Event.SwitchedOff e) {
      return e.environment()
          + (isOff(before, e) ? ": off said again" : ": off at GitLab (value=false)");
    } else if (event instanceof Event.Sealed e) {
      return e.environment() + ": sealed, it stays off";
    } else if (event instanceof Event.BaselineIntended e) {
      return e.environment() + ": about to put back what was there before: " + e.gates();
    } else if (event instanceof Event.BaselineRestored e) {
      String left = e.left().isEmpty() ? "" : "; not put back: " + join(e.left());
      return e.environment() + ": put back what was there before, now " + e.gates() + left;
    } else if (event instanceof Event.BaselineLeft e) {
      return e.environment() + ": NOT put back: " + e.gates() + "; " + e.reason();
    } else if (event instanceof Event.RolledBack e) {
      return "rolled back and sealed: " + e.reason();
    } else if (event instanceof Event.Aborted e) {
      return "aborted and sealed: " + e.reason();
    } else if (event instanceof Event.Completed) {
      return "completed: every stage passed";
    }
    throw new AssertionError("no words for " + event.getClass().getSimpleName());
  }

  private static String started(Event.Started event) {
    return (event.sandbox() ? "sandbox rollout " : "rollout ")
        + event.rollout()
        + " started by "
        + event.actor()
        + ", "
        + count(event.plan().stages(), "stage")
        + because(event.reason());
  }

  private static String overridden(Event.Overridden event) {
    String found = event.findings().stream().map(Obstacle::text).collect(Collectors.joining("; "));
    return "OVERRIDDEN "
        + event.check()
        + " ("
        + (found.isEmpty() ? "nothing was found" : found)
        + ")";
  }

  private static String target(Optional<RolloutState> before, Event.StageEntered event) {
    return before
        .flatMap(state -> state.plan().indexOf(event.stage()).map(state.plan().stages()::get))
        .map(stage -> ", on the way to " + share(stage.exposure(), stage.place()) + bake(stage))
        .orElse("");
  }

  private static String bake(Stage stage) {
    return " for " + Durations.words(stage.bake());
  }

  private static boolean isOff(Optional<RolloutState> before, Event.SwitchedOff event) {
    return before
        .flatMap(RolloutState::takeBack)
        .map(back -> back.seals().get(event.environment()))
        .map(Seal::isOff)
        .orElse(false);
  }

  private static String failed(Event.AttemptFailed event) {
    String what =
        switch (event.attempt()) {
          case READ -> "could not read the flag";
          case MARK -> "could not set the marker";
          case RAISE -> "could not raise";
          case SWITCH_OFF -> "could not switch off";
          case RESTORE -> "could not put back what was there before";
        };
    return switch (event.failure()) {
      case NOT_DONE -> what;
      case REFUSED -> what + ", GitLab refuses";
      case UNKNOWN -> what + ", or nobody knows whether it worked";
    };
  }

  private static String retry(Event.AttemptFailed event) {
    return " (again in " + Times.words(Duration.between(event.at(), event.retryAt())) + ")";
  }

  private static String body(Optional<RolloutState> before, Exposure exposure) {
    Gate gate =
        before
            .map(state -> state.plan().safety())
            .map(Safety::gate)
            .orElse(Gate.PERCENTAGE_OF_ACTORS);
    return FormBody.of(gate, exposure);
  }

  static String share(Exposure exposure, String environment) {
    return exposure + " of " + environment;
  }

  private static String by(Actor actor) {
    return actor.equals(Actor.PROGRAM) ? "" : ", by " + actor;
  }

  private static String because(Optional<String> reason) {
    return reason.map(why -> ": " + why).orElse("");
  }

  private static String join(List<String> names) {
    return names.isEmpty() ? "nothing" : String.join(", ", names);
  }

  static String count(List<?> things, String name) {
    return things.size() + " " + name + (things.size() == 1 ? "" : "s");
  }
}
