package rollout.sandbox;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** The faults that await the next requests of one server. Safe for several threads. */
public final class Faults {
  private final List<Armed> armed = new ArrayList<>();

  /** The next {@code times} requests of that kind meet this fault; those armed first come first. */
  public synchronized void arm(int times, Predicate<SandboxRequest> which, Fault fault) {
    armed.add(new Armed(which, fault, times));
  }

  /** The next write meets this fault. */
  public void armWrite(Fault fault) {
    arm(1, SandboxRequest::isWrite, fault);
  }

  /** The next read meets this fault. */
  public void armRead(Fault fault) {
    arm(1, request -> !request.isWrite(), fault);
  }

  /** From now on all is well. */
  public synchronized void clear() {
    armed.clear();
  }

  synchronized Fault take(SandboxRequest request) {
    for (Iterator<Armed> all = armed.iterator(); all.hasNext(); ) {
      Armed one = all.next();
      if (one.which.test(request)) {
        one.left--;
        if (one.left <= 0) {
          all.remove();
        }
        return one.fault;
      }
    }
    return Fault.NONE;
  }

  private static final class Armed {
    private final Predicate<SandboxRequest> which;
    private final Fault fault;
    private int left;

    Armed(Predicate<SandboxRequest> which, Fault fault, int left) {
      this.which = which;
      this.fault = fault;
      this.left = left;
    }
  }
}
