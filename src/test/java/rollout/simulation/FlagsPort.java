package rollout.simulation;

import java.util.List;
import java.util.Optional;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.Gate;
import rollout.plan.GateState;
import rollout.port.FlagView;
import rollout.port.Flags;
import rollout.port.PortException;
import rollout.port.PortException.Kind;

/** One environment as a process of ours reaches it: over a network, and through GitLab's caches. */
final class FlagsPort implements Flags {
  /** How old a read may be (facts of the Features API). */
  static final long STALEST = 60_000;

  /** How long a request can be under way, less what its connection may have been idle. */
  static final long LATEST = 208_000;

  /** A server closes an idle connection. */
  static final long IDLE = 60_000;

  private static final long SLOWEST = 150;
  private static final long DEADLINE = 15_000;
  private static final User USER = new User(1, "rollout");

  private final World world;
  private final GitLab gitlab;
  private final long epoch;

  /**
   * @param epoch of the lease this process holds; 0 without one
   */
  FlagsPort(World world, GitLab gitlab, long epoch) {
    this.world = world;
    this.gitlab = gitlab;
    this.epoch = epoch;
  }

  @Override
  public List<FlagView> list() {
    throw new AssertionError("nobody asks for the list");
  }

  @Override
  public FlagView read(FlagName flag) throws PortException {
    travel();
    requireUp();
    long now = world.time().now();
    boolean stale = now < gitlab.staleUntil || world.chance().oneIn(3);
    long age = now < gitlab.staleUntil ? STALEST : world.chance().between(0, STALEST);
    GateState seen = stale ? gitlab.asOf(now - age) : gitlab.gates();
    travel();
    return view(seen);
  }

  @Override
  public Optional<FlagView> raise(FlagName flag, Gate gate, Exposure exposure, LastCheck last)
      throws PortException {
    return widen(exposure, null, last);
  }

  @Override
  public Optional<FlagView> mark(FlagName flag, User user, LastCheck last) throws PortException {
    return widen(null, GitLab.MARKER, last);
  }

  @Override
  public Optional<Restored> restore(FlagName flag, GateState gates, LastCheck last)
      throws PortException {
    return widen(null, GitLab.FORMER, last).map(view -> new Restored(view, List.of()));
  }

  @Override
  public FlagView switchOff(FlagName flag) throws PortException {
    travel();
    long now = world.time().now();
    GitLab.Write write = new GitLab.Write(process(), epoch, Exposure.OFF, null, now, now);
    world.invariants().sent(gitlab, write);
    world.reached(Moment.OFF_SENT, gitlab.name);
    return send(write);
  }

  @Override
  public User whoAmI() throws PortException {
    travel();
    requireUp();
    travel();
    return USER;
  }

  private Optional<FlagView> widen(Exposure exposure, String actor, LastCheck last)
      throws PortException {
    travel();
    requireUp();
    final long connectedAt = world.time().now();
    world.reached(Moment.CONNECTED, gitlab.name);
    if (!last.passes()) {
      return Optional.empty();
    }
    world.reached(Moment.CHECKED, gitlab.name);
    world.pause(0, 2);
    long now = world.time().now();
    if (now - connectedAt > IDLE) {
      throw failed(Kind.UNKNOWN, "the server had closed the connection");
    }
    GitLab.Write write = new GitLab.Write(process(), epoch, exposure, actor, connectedAt, now);
    world.invariants().sent(gitlab, write);
    world.tell(() -> "sends " + write + " to " + gitlab.name);
    world.reached(Moment.SENT, gitlab.name);
    return Optional.of(send(write));
  }

  private FlagView send(GitLab.Write write) throws PortException {
    Fault fault = gitlab.writeFaults.poll();
    if (fault == null) {
      return answered(write);
    }
    switch (fault.kind()) {
      case WRITE_LOST -> throw unheard();
      case ANSWER_LOST -> {
        arrivesSoon(write);
        throw unheard();
      }
      case WRITE_LATE -> {
        long late = Math.min(fault.length(), LATEST);
        world.time().at(world.time().now() + late, () -> arrives(write));
        throw unheard();
      }
      case ERROR_WITH_EFFECT -> {
        answerTo(write);
        throw failed(Kind.UNKNOWN, "GitLab answered 500");
      }
      case ERROR_WITHOUT_EFFECT -> throw failed(Kind.UNKNOWN, "GitLab answered 502");
      case TOO_MANY -> throw failed(Kind.NOT_DONE, "GitLab answered 429");
      case FORBIDDEN -> throw failed(Kind.REFUSED, "GitLab answered 403");
      case PRETENDED -> {
        travel();
        if (write.isOff()) {
          world.invariants().saidOff(gitlab);
        }
        return view(gitlab.after(write));
      }
      default -> throw new AssertionError(fault);
    }
  }

  private FlagView answered(GitLab.Write write) throws PortException {
    Arrival arrival = answerTo(write);
    if (arrival.down) {
      throw failed(Kind.UNKNOWN, "the connection broke");
    }
    if (arrival.refused) {
      throw failed(Kind.REFUSED, "GitLab answered 400: it is fully enabled");
    }
    return view(arrival.after);
  }

  /** What GitLab makes of a write that has left the process, whatever becomes of the process. */
  private final class Arrival implements Runnable {
    private final GitLab.Write write;
    private boolean down;
    private boolean refused;
    private GateState after;

    Arrival(GitLab.Write write) {
      this.write = write;
    }

    @Override
    public void run() {
      down = world.time().now() < gitlab.downUntil;
      refused = gitlab.gates().everybody() && !write.isOff() && !isFull(write);
      if (!down && !refused) {
        arrives(write);
      }
      after = gitlab.gates();
    }
  }

  private Arrival answerTo(GitLab.Write write) {
    Arrival arrival = arrivesSoon(write);
    world.pause(SLOWEST + 1, 2 * SLOWEST);
    return arrival;
  }

  private Arrival arrivesSoon(GitLab.Write write) {
    Arrival arrival = new Arrival(write);
    world.time().at(world.time().now() + world.chance().between(10, SLOWEST), arrival);
    return arrival;
  }

  private static boolean isFull(GitLab.Write write) {
    return write.exposure() != null && write.exposure().isFull();
  }

  private void arrives(GitLab.Write write) {
    world.invariants().arrives(gitlab, write);
    gitlab.change(world.time().now(), gitlab.after(write), GitLab.Hand.OURS);
    world.tell(() -> "GitLab " + gitlab.name + " is now " + gitlab.gates());
  }

  private PortException unheard() {
    world.pause(DEADLINE, DEADLINE);
    return failed(Kind.UNKNOWN, "no complete answer came");
  }

  private void travel() {
    world.pause(10, SLOWEST);
  }

  private void requireUp() throws PortException {
    if (world.time().now() < gitlab.downUntil) {
      throw failed(Kind.NOT_DONE, "nothing accepts connections there");
    }
  }

  private String process() {
    return world.time().current().name();
  }

  private static PortException failed(Kind kind, String why) {
    return new PortException(kind, 0, why, null);
  }

  private static FlagView view(GateState gates) {
    return new FlagView("gitaly_stats", gates.isOff() ? "off" : "conditional", true, gates, false);
  }
}
