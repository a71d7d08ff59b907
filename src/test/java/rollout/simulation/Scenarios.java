package rollout.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Scenarios from seeds: a few faults, most of them aimed where the protocol is at its weakest. */
final class Scenarios {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;

  private static final List<Moment> ON_THE_WAY_BACK =
      List.of(
          Moment.STEP_BACK_DECIDED,
          Moment.OFF_SENT,
          Moment.SWITCHED_OFF,
          Moment.MARKER_INTENDED,
          Moment.MARKER_CONFIRMED,
          Moment.CONNECTED,
          Moment.CHECKED,
          Moment.SENT,
          Moment.INTENDED,
          Moment.CONFIRMED,
          Moment.STEPPED_BACK,
          Moment.ACQUITTED);

  private final Chance chance;
  private final Set<Scenario.Option> options = EnumSet.noneOf(Scenario.Option.class);
  private final List<Fault> faults = new ArrayList<>();

  private Scenarios(long seed) {
    this.chance = new Chance(seed * 0x9E3779B97F4A7C15L);
  }

  static Scenario of(long seed) {
    Scenarios some = new Scenarios(seed);
    return some.scenario(seed);
  }

  private Scenario scenario(long seed) {
    for (Scenario.Option option : Scenario.Option.values()) {
      if (chance.oneIn(option == Scenario.Option.TICKS ? 40 : 5)) {
        options.add(option);
      }
    }
    if (!chance.oneIn(20)) {
      aim();
      for (long i = chance.between(0, 3); i > 0; i--) {
        faults.add(any());
      }
    }
    return new Scenario(seed, options, faults);
  }

  /** One of the situations that refuted weaker protocols. */
  private void aim() {
    int raise = (int) chance.between(1, 6);
    switch ((int) chance.between(0, 22)) {
      case 0 -> stoppedWhileAborted(raise);
      case 1 -> lateWhileAborted(raise);
      case 2 -> stoppedAtTheEndOfTheLease();
      case 3 -> lostThenStopped(raise);
      case 4 -> add(Fault.Kind.PRETENDED, Moment.CONNECTED, raise, 0, 0);
      case 5 -> abortedBetweenIntentAndSend(raise);
      case 6 -> offWhileNobodyReads();
      case 7 -> offAndOnAgain(raise);
      case 8 -> silenceBeforeTheRaise();
      case 9 -> killedAroundTheRaise(raise);
      case 10 -> harm();
      case 11 -> lateWhileHarmed(raise);
      case 12 -> secondRunner(raise);
      case 13 -> add(oneOfWrites(), Moment.CONNECTED, raise, 0, lateness());
      case 14 -> add(oneOfWrites(), Moment.DECIDED, 1, 0, lateness());
      case 15 -> faults.add(any());
      case 16, 17, 18, 19 -> stepBack();
      default -> anythingMeanwhile();
    }
  }

  /** Fully on, nobody is left to compare with; and something happens on the way back or there. */
  private void stepBack() {
    options.add(Scenario.Option.COMPARE);
    options.remove(Scenario.Option.TICKS);
    if (!chance.oneIn(6)) {
      options.remove(Scenario.Option.NO_MARKER);
    }
    Fault.Kind why = chance.oneIn(3) ? Fault.Kind.HURT : Fault.Kind.INCIDENT;
    long length = chance.between(4, chance.oneIn(4) ? 60 : 20) * MINUTE;
    add(why, Moment.VERIFIED, 4, chance.between(0, 4 * MINUTE), length);
    Moment moment = chance.oneOf(ON_THE_WAY_BACK);
    int raise = isOfARaise(moment) ? (int) chance.between(7, 9) : nth(moment);
    long after = chance.between(0, chance.oneIn(2) ? SECOND / 10 : 70 * SECOND);
    add(chance.oneOf(Fault.Kind.values()), moment, raise, after, lateness());
    if (chance.oneIn(3)) {
      Fault.Kind kind = chance.oneOf(oneOfWrites(), anAbort(), Fault.Kind.KILL, Fault.Kind.STOP);
      add(kind, chance.oneOf(ON_THE_WAY_BACK), raise, chance.between(0, 5 * SECOND), lateness());
    }
  }

  private static boolean isOfARaise(Moment moment) {
    return moment == Moment.CONNECTED || moment == Moment.CHECKED || moment == Moment.SENT;
  }

  /** Which one it is of a rollout without anything else. */
  private static int nth(Moment moment) {
    return switch (moment) {
      case MARKER_INTENDED, MARKER_CONFIRMED -> 3;
      case INTENDED, CONFIRMED -> 5;
      default -> 1;
    };
  }

  /** Anything at all while a person is asked, or it is held, or goes back; and any end to it. */
  private void anythingMeanwhile() {
    Moment meanwhile = chance.oneOf(Moment.APPROVAL_ASKED, Moment.HELD, Moment.DECIDED);
    if (meanwhile == Moment.APPROVAL_ASKED) {
      options.add(Scenario.Option.APPROVAL);
    } else if (meanwhile == Moment.HELD) {
      Moment when = chance.oneOf(Moment.VERIFIED, Moment.CONFIRMED, Moment.INTENDED);
      add(Fault.Kind.HOLD, when, stage(), chance.between(0, MINUTE), chance.between(3, 8) * MINUTE);
    }
    Fault.Kind kind = chance.oneOf(Fault.Kind.values());
    long after = chance.between(0, chance.oneIn(2) ? SECOND / 10 : 40 * SECOND);
    add(kind, meanwhile, 1, after, lateness());
    boolean goesBack = meanwhile == Moment.DECIDED;
    switch ((int) chance.between(goesBack ? 1 : 0, 2)) {
      case 1 ->
          add(
              Fault.Kind.HARM,
              goesBack ? Moment.VERIFIED : meanwhile,
              goesBack ? 2 : 1,
              0,
              10 * MINUTE);
      case 2 -> add(anAbort(), goesBack ? Moment.VERIFIED : meanwhile, 1, lateness(), 0);
      default -> {}
    }
  }

  /** A process stops around its last check; another aborts and seals meanwhile, or nobody does. */
  private void stoppedWhileAborted(int raise) {
    long stop = chance.oneOf(20 * SECOND, 55 * SECOND, 5 * MINUTE, 12 * MINUTE);
    if (chance.oneIn(2)) {
      add(Fault.Kind.STOP, Moment.CHECKED, raise, 0, stop);
    } else {
      add(Fault.Kind.STOP, Moment.INTENDED, stage(), chance.between(0, 600), stop);
    }
    if (chance.oneIn(4)) {
      return;
    }
    add(anAbort(), Moment.CHECKED, raise, chance.between(1, 30 * SECOND), 0);
  }

  /** A raise is on its way for long; an abort says off before it arrives. */
  private void lateWhileAborted(int raise) {
    add(Fault.Kind.WRITE_LATE, Moment.CONNECTED, raise, 0, lateness());
    add(anAbort(), Moment.SENT, raise, chance.between(1, 20 * SECOND), 0);
    if (chance.oneIn(2)) {
      add(Fault.Kind.KILL, Moment.SENT, raise, 0, 0);
    }
  }

  /** The lease cannot be renewed; it ends while a raise waits to be sent, and another takes it. */
  private void stoppedAtTheEndOfTheLease() {
    options.add(Scenario.Option.SHORT_LEASE);
    options.remove(Scenario.Option.TICKS);
    Moment since = chance.oneOf(Moment.MARKER_INTENDED, Moment.CONFIRMED);
    add(Fault.Kind.LEASES_SILENT, since, 1, 0, chance.between(5, 12) * MINUTE);
    int raise = (int) chance.between(4, 5);
    add(Fault.Kind.STOP, Moment.CHECKED, raise, 0, chance.between(40, 58) * SECOND);
    add(Fault.Kind.SECOND_RUNNER, Moment.CONFIRMED, 1, MINUTE, 0);
  }

  /** The answer is lost, and somebody switches off before anybody has seen what came of it. */
  private void lostThenStopped(int raise) {
    Fault.Kind lost = chance.oneOf(Fault.Kind.ANSWER_LOST, Fault.Kind.ERROR_WITH_EFFECT);
    add(lost, Moment.CONNECTED, raise, 0, 0);
    add(Fault.Kind.SWITCHED_OFF, Moment.SENT, raise, chance.between(SECOND, MINUTE), 0);
    if (chance.oneIn(2)) {
      add(
          chance.oneOf(Fault.Kind.KILL, Fault.Kind.STOP, Fault.Kind.GITLAB_DOWN),
          Moment.SENT,
          raise,
          0,
          chance.between(1, 8) * MINUTE);
    }
  }

  private void abortedBetweenIntentAndSend(int raise) {
    Fault.Kind what = chance.oneIn(3) ? Fault.Kind.HOLD : Fault.Kind.ABORT;
    add(what, Moment.INTENDED, raise, 0, 6 * MINUTE);
  }

  /** Somebody switches off in an environment that nobody watches yet. */
  private void offWhileNobodyReads() {
    int marker = (int) chance.between(1, 2);
    add(Fault.Kind.SWITCHED_OFF, Moment.MARKER_CONFIRMED, marker, chance.between(0, MINUTE), 0);
    if (chance.oneIn(2)) {
      add(Fault.Kind.HOLD, Moment.MARKER_CONFIRMED, marker, 0, chance.between(2, 12) * MINUTE);
    }
  }

  private void offAndOnAgain(int raise) {
    long length = chance.between(1, 40) * SECOND;
    add(Fault.Kind.OFF_AND_ON, Moment.VERIFIED, raise, chance.between(0, 3 * MINUTE), length);
    if (chance.oneIn(2)) {
      Fault.Kind blind = chance.oneOf(Fault.Kind.KILL, Fault.Kind.GITLAB_DOWN, Fault.Kind.STOP);
      add(blind, Moment.VERIFIED, raise, 0, chance.between(2, 6) * MINUTE);
    }
  }

  private void silenceBeforeTheRaise() {
    add(oneOfSilences(), Moment.VERIFIED, stage(), chance.between(0, 3 * MINUTE), 10 * MINUTE);
  }

  private void killedAroundTheRaise(int raise) {
    Moment moment =
        chance.oneOf(
            Moment.INTENDED, Moment.CONNECTED, Moment.CHECKED, Moment.SENT, Moment.CONFIRMED);
    add(Fault.Kind.KILL, moment, raise, chance.oneIn(2) ? 0 : chance.between(1, 400), 0);
    if (chance.oneIn(2)) {
      add(oneOfWrites(), Moment.CONNECTED, raise, 0, lateness());
    }
  }

  private void harm() {
    add(Fault.Kind.HARM, Moment.VERIFIED, stage(), chance.between(0, 3 * MINUTE), MINUTE * 10);
    if (chance.oneIn(2)) {
      Moment moment = chance.oneOf(Moment.DECIDED, Moment.OFF_SENT, Moment.SWITCHED_OFF);
      add(
          chance.oneOf(Fault.Kind.KILL, Fault.Kind.JOURNAL_BUSY, Fault.Kind.GITLAB_DOWN),
          moment,
          1,
          0,
          chance.between(1, 4) * MINUTE);
    }
  }

  /** The raise that harm was seen under is late: it arrives after the first {@code false}. */
  private void lateWhileHarmed(int raise) {
    add(Fault.Kind.HARM, Moment.VERIFIED, stage(), MINUTE, 10 * MINUTE);
    add(Fault.Kind.WRITE_LATE, Moment.CONNECTED, raise, 0, lateness());
  }

  private void secondRunner(int raise) {
    Moment moment = chance.oneOf(Moment.INTENDED, Moment.CHECKED, Moment.SENT, Moment.VERIFIED);
    add(Fault.Kind.SECOND_RUNNER, moment, raise, chance.between(0, MINUTE), 0);
    add(
        chance.oneOf(Fault.Kind.KILL, Fault.Kind.STOP, Fault.Kind.TERMINATE),
        moment,
        raise,
        0,
        chance.between(1, 15) * MINUTE);
  }

  private Fault any() {
    Fault.Kind kind = chance.oneOf(Fault.Kind.values());
    Moment moment = chance.oneOf(Moment.values());
    int most = moment == Moment.BEFORE_APPEND || moment == Moment.LOOK ? 25 : 6;
    long after = chance.oneIn(2) ? 0 : chance.between(1, 3 * MINUTE);
    long length = chance.oneIn(3) ? lateness() : chance.between(1, 10 * MINUTE);
    return new Fault(kind, moment, (int) chance.between(1, most), after, length);
  }

  private void add(Fault.Kind kind, Moment moment, int nth, long after, long length) {
    faults.add(new Fault(kind, moment, nth, after, length));
  }

  private int stage() {
    return (int) chance.between(1, 4);
  }

  private long lateness() {
    return chance.between(1, 208) * SECOND;
  }

  private Fault.Kind anAbort() {
    return chance.oneOf(Fault.Kind.ABORT, Fault.Kind.ABORT_WITHOUT_JOURNAL);
  }

  private Fault.Kind oneOfWrites() {
    return chance.oneOf(
        Fault.Kind.WRITE_LOST,
        Fault.Kind.ANSWER_LOST,
        Fault.Kind.WRITE_LATE,
        Fault.Kind.ERROR_WITH_EFFECT,
        Fault.Kind.ERROR_WITHOUT_EFFECT,
        Fault.Kind.TOO_MANY,
        Fault.Kind.FORBIDDEN,
        Fault.Kind.PRETENDED);
  }

  private Fault.Kind oneOfSilences() {
    return chance.oneOf(
        Fault.Kind.SOURCE_DOWN,
        Fault.Kind.SOURCE_EMPTY,
        Fault.Kind.SOURCE_NAN,
        Fault.Kind.SOURCE_PARTIAL,
        Fault.Kind.SOURCE_THIN);
  }
}
