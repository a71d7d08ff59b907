package rollout.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import rollout.core.Attempt;
import rollout.core.Event;
import rollout.core.HoldKind;
import rollout.core.Phase;
import rollout.plan.GateState;
import rollout.plan.Safety;
import rollout.plan.Stage;

/**
 * What may never happen (safety.md §1), held against the true state of everything after every
 * effect. What a process believes does not matter here; what it was told in time does.
 */
final class Invariants {
  /** A stage counts as verified from the whole second before the read that shows it (0017). */
  private static final long BEAT = 1_000;

  /** An answer may be on its way while time goes on. */
  private static final long TRAVEL = 2_000;

  /** A change is seen within so long of the last stage's end, or it comes after it. */
  private static final long LOOKED_WITHIN = 180_000;

  private final World world;
  private final long propagation;
  private final long seal;
  private final Map<String, Long> sealedAt = new HashMap<>();

  /** Of a seal without a journal whoever puts gates back knows nothing. */
  private final Map<String, Long> sealIsDurableAt = new HashMap<>();

  private final Map<String, List<Long>> offs = new HashMap<>();
  private final Map<String, Event.ExposureIntended> intents = new HashMap<>();
  private final Map<String, Long> lastSentAt = new HashMap<>();
  private final Map<String, Long> switchedOffByHand = new HashMap<>();
  private final Set<String> meddled = new HashSet<>();

  /**
   * Where an abort found something of ours that the runner knew of: without a journal it leaves no
   * other trace.
   */
  private final Set<String> knownAtOff = new HashSet<>();

  private final Map<String, GateState> confirmed = new HashMap<>();
  private final Set<String> unseen = new HashSet<>();
  private final Set<String> marked = new HashSet<>();
  private final Set<String> overwritten = new HashSet<>();
  private final Map<HoldKind, Long> heldSince = new EnumMap<>(HoldKind.class);
  private final Set<String> restoreIntended = new HashSet<>();
  private final Set<String> everIntended = new HashSet<>();
  private boolean wasRefused;
  private long abortedAt = Long.MAX_VALUE;
  private long decidedAt = Long.MAX_VALUE;
  private long epochOfLastRaise;
  private final StepBackInvariants stepBacks = new StepBackInvariants(this::require);
  private Stage verified;
  private long verifiedAt;
  private long acceptedAt;
  private boolean excused;

  Invariants(World world) {
    this.world = world;
    this.propagation = Plans.of(world.scenario()).safety().propagation().toMillis();
    this.seal = Plans.of(world.scenario()).safety().seal().toMillis();
  }

  /** Somebody else is about to change the flag. */
  void byHand(GitLab there, GateState gates) {
    meddled.add(there.name);
    if (gates.isOff() && isOurs(there) && !stepBacks.hides(there.name, now())) {
      switchedOffByHand.put(there.name, now());
      unseen(there);
    } else if (!gates.isOff() && unseen.contains(there.name)) {
      switchedOffByHand.remove(there.name);
    }
  }

  /** Without a marker in force, off and on again looks as if nothing had been. */
  private void unseen(GitLab there) {
    if (there.gates().actors().contains(GitLab.MARKER) || world.rules().lacks(Rule.MARKER)) {
      unseen.remove(there.name);
    } else {
      unseen.add(there.name);
    }
  }

  /**
   * Whether we know that something of ours is in force here: while that is not known, an off of
   * somebody cannot be told from a write of ours that never arrived.
   */
  private boolean isOurs(GitLab there) {
    return !there.gates().isOff() && marked.contains(there.name)
        || there.gates().isWide() && there.wasRaised();
  }

  /** A write of ours leaves its process. */
  void sent(GitLab there, GitLab.Write write) {
    if (write.isOff()) {
      if (!offs.containsKey(there.name) && isOurs(there)) {
        knownAtOff.add(there.name);
      }
      return;
    }
    lastSentAt.put(there.name, now());
    long open = write.connectedAt();
    if (write.isRestore()) {
      restored(there, open);
      return;
    }
    require(decidedAt >= open, "I1: sent after exposure was to go back");
    stepBacks.sent(write);
    if (!stepBacks.isGoingDown()) {
      heldSince.forEach(
          (kind, since) -> require(since >= open || kind == HoldKind.LIMIT, "I2: held: " + kind));
    }
    world
        .store()
        .holderNow()
        .ifPresent(
            one ->
                require(
                    one.epoch() == write.epoch(),
                    "I5: " + write.process() + " raises while " + one.holder().name() + " drives"));
    require(!overwritten.contains(there.name), "I8: raised again over somebody's off");
    if (!write.isMarker()) {
      raised(there, write, open);
    }
  }

  /** I1, its one exception: once, after the seal, never after an abort. */
  private void restored(GitLab there, long open) {
    require(sealedAt.containsKey(there.name), "I1: gates from before return before the seal");
    require(restoreIntended.remove(there.name), "I1: gates from before return without an intent");
    require(abortedAt >= open, "I1: gates from before return after an abort");
  }

  private void raised(GitLab there, GitLab.Write write, long open) {
    Event.ExposureIntended intent = intents.remove(there.name);
    require(intent != null, "I4: sent without a durable intent of its own");
    require(intent.exposure().equals(write.exposure()), "I3: another exposure than intended");
    require(
        !(there.last().by() == GitLab.Hand.OURS
            && there.gates().equals(intent.target())
            && there.last().from() < open - propagation),
        "I4: sent although it is in force");
    boolean possible =
        there.since(open - propagation).stream()
            .anyMatch(one -> isAsExpected(one.gates(), intent.expected()));
    require(
        possible, "I8: sent although nothing but " + there.gates() + " could be read for a minute");
    hasEvidence(open, intent);
    epochOfLastRaise = Math.max(epochOfLastRaise, write.epoch());
  }

  /** A program that only believes in its marker is not refuted by the marker's absence. */
  private boolean isAsExpected(GateState gates, GateState expected) {
    return gates.equals(expected)
        || world.rules().lacks(Rule.MARKER)
            && !expected.everybody()
            && gates.withActor(GitLab.MARKER).equals(expected);
  }

  /** I2, for the stage that was verified last, as it could be known at the last check. */
  private void hasEvidence(long open, Event.ExposureIntended intent) {
    if (verified == null || verified.unguarded() || excused) {
      return;
    }
    if (!isWiderThanVerified(intent)) {
      return;
    }
    long lag = world.plan().judgement().lag().toMillis();
    long interval = verified.interval().toMillis();
    long planned = verified.bake().toMillis() / interval;
    long good = world.sources().goodBetween(verifiedAt - lag, now());
    require(
        good * 10 >= planned * 9,
        "I2: raised after " + good + " good looks of " + planned + " in " + verified.name());
    require(
        now() - verifiedAt >= verified.bake().toMillis() - BEAT,
        "I2: raised before the bake's end");
    require(
        world.sources().isLastGood(now() - lag - 2 * interval - 2 * TRAVEL - FlagsPort.IDLE, open),
        "I2: the last look was not good, or is long past");
  }

  /** GitLab has taken a {@code false}, or says that it has. */
  void saidOff(GitLab there) {
    offs.computeIfAbsent(there.name, none -> new ArrayList<>()).add(now());
    overwritten.remove(there.name);
  }

  /** A person may adopt less than was verified, and the way back up there was earned before. */
  private boolean isWiderThanVerified(Event.ExposureIntended intent) {
    return !verified.isIn(intent.environment())
        || intent.exposure().compareTo(verified.exposure()) > 0;
  }

  /** A write of ours takes effect. */
  void arrives(GitLab there, GitLab.Write write) {
    if (write.isOff()) {
      saidOff(there);
      return;
    }
    if (write.isRestore()) {
      Long sealed = sealIsDurableAt.get(there.name);
      require(sealed == null || sealed <= write.sentAt(), "I1: restored after the last seal");
      return;
    }
    Long sealed = sealedAt.get(there.name);
    require(sealed == null, "I1: switched on again after it was sealed");
    require(
        write.isMarker() || write.epoch() >= epochOfLastRaise,
        "I5: an old raise arrives after a new runner's");
    if (write.isMarker()) {
      stepBacks.marked(there.name);
    }
    Long off = switchedOffByHand.get(there.name);
    if (off != null && write.isMarker() && write.sentAt() <= off) {
      // a marker that was on its way hides the off, and nothing but the marker was switched off
      switchedOffByHand.remove(there.name);
    } else if (off != null && !write.isMarker()) {
      Safety safety = world.plan().safety();
      long residue = safety.effectiveInFlight().toMillis() + propagation;
      require(now() - off <= residue + TRAVEL, "I8: an off of somebody is overwritten");
      boolean shows = safety.marker() == Safety.Marker.SELF && !write.exposure().isFull();
      if (shows && !world.isHealed()) {
        overwrittenFrom(there.name);
      }
      switchedOffByHand.remove(there.name);
    }
  }

  /** From the first valid read on, the missing marker shows it. */
  private void overwrittenFrom(String environment) {
    world
        .time()
        .at(
            now() + propagation + TRAVEL,
            () -> {
              if (world.environment(environment).gates().isWide()
                  && !world.environment(environment).gates().actors().contains(GitLab.MARKER)) {
                overwritten.add(environment);
              }
            });
  }

  /** An event is durable. */
  void recorded(Event event) {
    stepBacks.recorded(event, world);
    if (event instanceof Event.ExposureIntended e) {
      intents.put(e.environment(), e);
    } else if (event instanceof Event.ExposureConfirmed e) {
      confirmed.put(e.environment(), e.gates());
    } else if (event instanceof Event.MarkerConfirmed e) {
      marked.add(e.environment());
    } else if (event instanceof Event.StageVerified e) {
      verified(e);
    } else if (event instanceof Event.Held e) {
      heldSince.putIfAbsent(e.kind(), now());
    } else if (event instanceof Event.Resumed e) {
      resumed(e);
    } else if (event instanceof Event.Promoted) {
      excused = true;
    } else if (event instanceof Event.BaselineIntended e) {
      require(everIntended.add(e.environment()) || wasRefused, "I1: restored twice");
      restoreIntended.add(e.environment());
    } else if (event instanceof Event.AttemptFailed e) {
      wasRefused |= e.attempt() == Attempt.RESTORE;
    } else if (event instanceof Event.AbortRequested) {
      abortedAt = Math.min(abortedAt, now());
      decidedAt = Math.min(decidedAt, now());
    } else if (event instanceof Event.RollbackDecided e) {
      decidedAt = Math.min(decidedAt, now());
      isNoFalseAlarm(e);
    } else if (event instanceof Event.Sealed e) {
      sealIsDurableAt.put(e.environment(), now());
      sealed(e.environment());
    } else if (event instanceof Event.Completed) {
      completed();
    }
  }

  /** What counts is when it was read; a process may stop before that is durable. */
  private void verified(Event.StageVerified event) {
    long read = event.at().toEpochMilli() - Timeline.BEGIN.toEpochMilli();
    for (String cell : event.environments()) {
      GitLab there = world.environment(cell);
      GateState expected = confirmed.get(cell);
      boolean seen =
          there.since(read - propagation - TRAVEL).stream()
              .anyMatch(one -> isAsExpected(one.gates(), expected));
      require(seen, "I2: verified as " + expected + " while it is " + there.gates());
    }
    verified = world.plan().stages().get(world.plan().indexOf(event.stage()).orElseThrow());
    verifiedAt = read;
    excused = false;
  }

  private void resumed(Event.Resumed event) {
    event.lifted().forEach(heldSince::remove);
    if (!event.adopted().isEmpty()) {
      switchedOffByHand.keySet().removeAll(event.adopted().keySet());
      overwritten.removeAll(event.adopted().keySet());
      // a person who has seen that it is off wants it on again
      sealedAt.keySet().removeAll(event.adopted().keySet());
    }
  }

  private void isNoFalseAlarm(Event.RollbackDecided event) {
    if (event.cause() == Event.Cause.GUARDRAIL) {
      require(
          world.sources().hasShownHarm()
              || world.scenario().has(Scenario.Option.NO_DATA_ROLLS_BACK),
          "I7: rolled back without any harm: " + event.reason());
    } else {
      boolean stopped =
          !meddled.isEmpty()
              || !offs.isEmpty()
              || world.scenario().faults().stream()
                  .anyMatch(one -> one.kind() == Fault.Kind.PRETENDED);
      require(stopped, "I8: taken for switched off, and nobody did it: " + event.reason());
    }
  }

  /** Somebody says that no write of ours can switch it on again here. */
  void sealed(String environment) {
    List<Long> said = offs.getOrDefault(environment, List.of());
    require(!said.isEmpty(), "I1: sealed and off was never said");
    // a program without the rule is to be refuted by what comes of it
    boolean knows = !world.rules().lacks(Rule.SEAL_LENGTH) && !world.rules().lacks(Rule.DOUBLE_OFF);
    require(
        !knows || isFarApart(said, lastSentAt.getOrDefault(environment, -seal)),
        "I1: sealed although no two of the falses at " + said + " are far enough apart");
    // before a runner knew of it, it could take a late marker for its own and raise
    long first = stepBacks.firstOffAfter(environment, said);
    if (decidedAt > first && !knownAtOff.contains(environment)) {
      return;
    }
    GitLab there = world.environment(environment);
    require(
        there.gates().isOff()
            || there.last().by() == GitLab.Hand.OTHERS
            || !there.gates().isWide() && everIntended.contains(environment),
        "I1: sealed while it is " + there.gates());
    sealedAt.put(environment, now());
  }

  /** The whole seal lies between two of them, or nothing of ours could be on its way any more. */
  private boolean isFarApart(List<Long> said, long lastSent) {
    long inFlight = world.plan().safety().effectiveInFlight().toMillis();
    for (long first : said) {
      long least =
          Math.min(first + seal, Math.max(first + propagation, lastSent + inFlight)) - TRAVEL;
      if (said.stream().anyMatch(second -> second > first && second >= least)) {
        return true;
      }
    }
    return false;
  }

  private void completed() {
    List<Stage> stages = world.plan().stages();
    for (String cell : stages.get(stages.size() - 1).environments()) {
      GitLab there = world.environment(cell);
      boolean justNow = there.last().from() > now() - LOOKED_WITHIN;
      require(justNow || there.gates().everybody(), "I8: completed while it is " + there.gates());
    }
  }

  /** Everything has come to rest. */
  void ended() {
    Phase phase = world.store().phase();
    // a program without one of its rules is to be refuted by harm, not by going nowhere
    require(
        phase.isEnd() || world.rules().areBroken(),
        "L1: it never ends: " + phase + " " + world.store().state().holds());
    if (!phase.isEnd()) {
      offs.keySet().forEach(this::isOffForGood);
      return;
    }
    if (phase != Phase.COMPLETED) {
      for (String name : sealedAt.keySet()) {
        GitLab there = world.environment(name);
        require(
            there.gates().isOff()
                || there.last().by() == GitLab.Hand.OTHERS
                || there.gates().isWide() && there.exposedBy() == GitLab.Hand.OTHERS
                || !there.gates().isWide() && everIntended.contains(name),
            "I6: " + phase + " while " + name + " is " + there.gates());
      }
    }
  }

  private void isOffForGood(String name) {
    GitLab there = world.environment(name);
    boolean ours = there.gates().isWide() && there.exposedBy() == GitLab.Hand.OURS;
    require(!ours, "I6: it was to go back, and " + name + " is " + there.gates() + " for good");
  }

  private long now() {
    return world.time().now();
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      Instant at = world.time().instant();
      throw new AssertionError(otherwise + " (at " + at + ")");
    }
  }
}
