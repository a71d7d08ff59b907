package rollout.traces;

import java.util.function.BiConsumer;

/**
 * Services of one kind.
 *
 * @param name one or two words
 * @param harmful whether something is wrong with the flag
 * @param make sets what is special of the kind, with numbers of its own for each rollout
 */
record Family(String name, boolean harmful, BiConsumer<Service, Dice> make) {
  /** One rollout of it; the same seed gives the same one. */
  Recorder.Recording rollout(long seed) {
    Dice dice = new Dice(seed * 0x9E3779B97F4A7C15L + name.hashCode());
    Service service = new Service();
    service.errorRate = dice.scale(0.003, 0.008);
    service.referenceErrorRate = dice.scale(0.002, 0.008);
    service.phase = dice.share();
    service.weekendBegins = Math.floor(dice.between(0, 7)) * 86_400;
    make.accept(service, dice);
    return Recorder.record(name + "-" + seed, service, dice);
  }
}
