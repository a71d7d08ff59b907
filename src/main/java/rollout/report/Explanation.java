package rollout.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.core.Event;
import rollout.core.Hindsight;
import rollout.core.HoldKind;
import rollout.core.Looks;
import rollout.core.RolloutState;
import rollout.core.Seal;
import rollout.core.Watch;
import rollout.plan.Durations;
import rollout.plan.Plan;
import rollout.plan.Stage;

/** Why an event came about, as facts with names, in the order they are told. */
final class Explanation {
  private static final String LIFTS_ITSELF = ", lifted by itself when what it waits for has come";

  private final Hindsight hindsight;
  private final Map<String, String> facts = new LinkedHashMap<>();

  private Explanation(Hindsight hindsight) {
    this.hindsight = hindsight;
  }

  /** The facts, by name; none for an event that explains itself. */
  static Map<String, String> facts(Hindsight hindsight) {
    Explanation explanation = new Explanation(hindsight);
    explanation.add(hindsight.event());
    return explanation.facts;
  }

  private void add(Event event) {
    if (event instanceof Event.RollbackDecided e) {
      facts.put("taken back", String.join(", ", e.environments()) + ", from " + e.exposure());
    } else if (event instanceof Event.Held e) {
      facts.put("kind", Json.word(e.kind()) + (e.kind().liftsItself() ? LIFTS_ITSELF : ""));
      if (e.kind() == HoldKind.EVIDENCE) {
        facts.put("rule", "evidence may stay away for " + words(plan().judgement().maxGap()));
      }
    } else if (event instanceof Event.StagePassed || event instanceof Event.ApprovalAsked) {
      evidence();
    } else if (event instanceof Event.ExposureIntended e) {
      raise(e);
    } else if (event instanceof Event.SwitchedOff e) {
      seal(e.environment());
    } else if (event instanceof Event.Sealed e) {
      seal(e.environment());
    } else if (event instanceof Event.Started e) {
      started(e);
    }
  }

  /** What invariant I2 asks for, and what there was. */
  private void evidence() {
    RolloutState before = hindsight.before().orElseThrow();
    Optional<Watch> watched = before.watch();
    if (watched.isEmpty()) {
      return;
    }
    Watch watch = watched.get();
    Stage stage = stage(watch.stage());
    if (before.progress().promoted()) {
      facts.put("promoted", "a person skipped what was left of the bake");
    }
    if (stage.unguarded()) {
      facts.put("unguarded", "the plan lets stage " + stage.name() + " pass without evidence");
    }
    if (!watch.isGuarded()) {
      Duration since = Duration.between(watch.verifiedAt(), hindsight.event().at());
      facts.put("bake", words(since) + " since it was in force, " + words(stage.bake()) + " asked");
      return;
    }
    Looks looks = Looks.of(stage, watch.verifiedAt(), plan().judgement().lag());
    facts.put(
        "bake", words(watch.clock()) + " covered by evidence, " + words(stage.bake()) + " asked");
    facts.put(
        "passes",
        looks.required()
            + " asked of each guardrail; there were "
            + String.join(
                ", ",
                watch.guardrails().entrySet().stream()
                    .map(one -> one.getKey() + " " + one.getValue().passes())
                    .toList()));
    facts.put(
        "freshness",
        "the last look stands for the moment "
            + words(Duration.between(watch.lastDueAt(), hindsight.event().at()))
            + " before, "
            + words(stage.interval().multipliedBy(2))
            + " allowed");
  }

  private void raise(Event.ExposureIntended event) {
    RolloutState before = hindsight.before().orElseThrow();
    List<String> passed = new ArrayList<>(before.passed());
    facts.put(
        "allowed by",
        passed.isEmpty()
            ? "being the first stage: preflight had nothing against it, or what it had was"
                + " overridden"
            : "stage " + passed.get(passed.size() - 1) + ", which passed");
    evidence();
    facts.put("holds", before.holds().isEmpty() ? "none" : before.holds().keySet().toString());
    facts.put("gates", "found " + event.expected() + ", to become " + event.target());
    String window = plan().conditions().window(event.environment()).toString();
    if (plan().conditions().windows().containsKey(event.environment())) {
      facts.put("window", window);
    }
    if (plan().conditions().needCalendar()) {
      facts.put("calendar", "asked just before; an incident or a freeze would have held the raise");
    }
  }

  private void seal(String environment) {
    Optional<Seal> seal =
        hindsight
            .after()
            .takeBack()
            .or(() -> hindsight.before().flatMap(RolloutState::takeBack))
            .map(back -> back.seals().get(environment));
    if (seal.isEmpty()) {
      return;
    }
    Seal.Pace pace = seal.get().pace();
    boolean shrunk = pace.fenced() && pace.propagation().compareTo(pace.seal()) < 0;
    facts.put(
        "wait",
        shrunk
            ? words(pace.propagation())
                + " between the two offs: no raise of ours is younger than "
                + words(pace.seal())
                + ", so nothing can be on its way but what GitLab's processes have yet to see"
            : words(pace.seal())
                + " between the two offs: a raise of ours may have been on its way that long");
    Optional<Instant> off = seal.get().offAt();
    off.ifPresent(at -> facts.put("off", since(at) + " after the decision"));
    seal.get()
        .againAt()
        .ifPresent(
            at ->
                facts.put(
                    "off again", words(Duration.between(off.orElse(at), at)) + " after that"));
    seal.get()
        .sealedAt()
        .ifPresent(
            at ->
                facts.put(
                    "seen off",
                    words(Duration.between(seal.get().againAt().orElse(at), at))
                        + " after that without a break"));
  }

  private String since(Instant at) {
    return hindsight
        .before()
        .flatMap(RolloutState::takeBack)
        .map(back -> words(Duration.between(back.since(), at)))
        .orElse("at once");
  }

  private void started(Event.Started event) {
    facts.put("program", event.program());
    facts.put(
        "overrides", event.overrides().isEmpty() ? "none" : String.join(", ", event.overrides()));
  }

  private Plan plan() {
    return hindsight.before().orElse(hindsight.after()).plan();
  }

  private Stage stage(String name) {
    return plan().stages().get(plan().indexOf(name).orElseThrow());
  }

  private static String words(Duration duration) {
    return Durations.words(duration);
  }
}
