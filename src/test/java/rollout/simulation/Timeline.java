package rollout.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Virtual time, and the programs that live in it. One thing happens at a time, in an order that
 * depends on nothing but who asked for what when. A program is ordinary blocking code on a thread
 * of its own; the threads hand one baton on, and whoever waits longest costs nothing.
 */
final class Timeline {
  static final Instant BEGIN = Instant.parse("2026-11-23T08:00:00Z");

  /** What a program does. */
  interface Body {
    void run() throws Exception;
  }

  /** A program was killed: unwinds its stack, and every call out of it fails like this again. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  /** A process of ours in this time. */
  final class Program {
    private final String name;
    private final Body body;
    private Hand hand;
    private long ticket;
    private long stoppedUntil;
    private boolean killed;
    private boolean over;

    private Program(String name, Body body) {
      this.name = name;
      this.body = body;
    }

    String name() {
      return name;
    }

    boolean isAlive() {
      return !killed && !over;
    }

    /** {@code kill -9}: it never gets beyond the call it is in. */
    void kill() {
      killed = true;
    }

    /** {@code SIGSTOP}, and {@code SIGCONT} at that moment. */
    void stopUntil(long moment) {
      stoppedUntil = Math.max(stoppedUntil, moment);
    }

    /** Ends its present sleep early. */
    void wakeAt(long moment) {
      if (isAlive() && this != current) {
        schedule(moment, this, null, ticket);
      }
    }
  }

  private record Entry(long at, long order, Program program, Runnable event, long ticket)
      implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /** A thread that waits for its turn. */
  private static class Hand {
    private volatile boolean turn;
    private volatile Thread thread = Thread.currentThread();

    void give() {
      turn = true;
      LockSupport.unpark(thread);
    }

    void take() {
      while (!turn) {
        LockSupport.park(this);
      }
      turn = false;
    }
  }

  /** Threads to lend to programs, kept from one timeline to the next. */
  static final class Threads {
    private final Deque<Lent> idle = new ArrayDeque<>();

    private Lent lend() {
      return idle.isEmpty() ? new Lent(this) : idle.pop();
    }
  }

  private static final class Lent extends Hand {
    private final Threads home;
    private boolean started;
    private Runnable work;

    Lent(Threads home) {
      this.home = home;
    }

    void begin(Runnable next) {
      work = next;
      if (!started) {
        started = true;
        Thread thread = new Thread(this::loop, "program");
        thread.setDaemon(true);
        super.thread = thread;
        thread.start();
      }
      give();
    }

    private void loop() {
      while (true) {
        take();
        work.run();
      }
    }
  }

  private final Threads threads;
  private final PriorityQueue<Entry> queue = new PriorityQueue<>();
  private final List<Program> programs = new ArrayList<>();
  private final Hand main = new Hand();
  private long now;
  private long order;
  private long horizon;
  private boolean ending;
  private Program current;
  private Throwable failure;

  Timeline(Threads threads) {
    this.threads = threads;
  }

  /** Milliseconds since the beginning. */
  long now() {
    return now;
  }

  Instant instant() {
    return BEGIN.plusMillis(now);
  }

  /** The program whose code runs now; null in an event. */
  Program current() {
    return current;
  }

  void at(long moment, Runnable event) {
    schedule(Math.max(moment, now), null, event, 0);
  }

  Program start(String name, Body body) {
    Program program = new Program(name, body);
    programs.add(program);
    schedule(now, program, null, 0);
    return program;
  }

  /**
   * Lets the present program wait.
   *
   * @throws Killed when it was killed meanwhile
   */
  void sleepUntil(long moment) {
    Program self = current;
    if (self.killed || ending) {
      throw new Killed();
    }
    Entry next = queue.peek();
    boolean first = next == null || next.at > moment;
    if (first && moment <= horizon && self.stoppedUntil <= now) {
      now = Math.max(now, moment);
      return;
    }
    self.ticket++;
    schedule(Math.max(moment, now), self, null, self.ticket);
    dispatch(self.hand, self);
    current = self;
    if (self.killed || ending) {
      throw new Killed();
    }
  }

  /** Something that may never happen did: the whole timeline ends. */
  void fail(Throwable why) {
    failure = failure == null ? why : failure;
    horizon = -1;
  }

  /**
   * Lets time pass until this moment, or until nothing is due.
   *
   * @throws AssertionError what {@link #fail} was told
   */
  void runUntil(long moment) {
    horizon = moment;
    dispatch(main, null);
    current = null;
    if (failure != null) {
      end();
      throw failure instanceof AssertionError e ? e : new AssertionError(failure);
    }
    now = Math.max(now, moment);
  }

  /** Kills every program, so that its thread can be lent again. */
  void end() {
    ending = true;
    for (Program program : programs) {
      if (program.hand != null && !program.over) {
        current = program;
        program.hand.give();
        main.take();
      }
    }
  }

  private void schedule(long at, Program program, Runnable event, long ticket) {
    queue.add(new Entry(at, order++, program, event, ticket));
  }

  /** Plays what is due until it is this one's turn; {@code waiting} is null when it has ended. */
  private void dispatch(Hand self, Program waiting) {
    current = null;
    while (true) {
      Entry entry = queue.peek();
      if (ending || entry == null || entry.at > horizon) {
        handTo(main, self, waiting);
        return;
      }
      queue.poll();
      now = Math.max(now, entry.at);
      if (entry.event != null) {
        play(entry.event);
      } else if (isDue(entry)) {
        if (entry.program == waiting) {
          return;
        }
        turn(entry.program, self, waiting);
        return;
      }
    }
  }

  private boolean isDue(Entry entry) {
    Program program = entry.program;
    if (program.over || entry.ticket != program.ticket) {
      return false;
    }
    if (program.stoppedUntil > now && !program.killed) {
      schedule(program.stoppedUntil, program, null, program.ticket);
      return false;
    }
    return true;
  }

  private void turn(Program program, Hand self, Program waiting) {
    if (program.hand == null) {
      Lent lent = threads.lend();
      program.hand = lent;
      program.ticket++;
      lent.begin(() -> live(program, lent));
    } else {
      program.hand.give();
    }
    if (self == main || waiting != null) {
      self.take();
    }
  }

  private static void handTo(Hand other, Hand self, Program waiting) {
    if (other == self) {
      return;
    }
    other.give();
    if (waiting != null) {
      self.take();
    }
  }

  private void live(Program program, Lent lent) {
    current = program;
    try {
      if (!program.killed && !ending) {
        program.body.run();
      }
    } catch (Killed dead) {
      // as intended
    } catch (Throwable bug) {
      fail(bug);
    }
    program.over = true;
    lent.home.idle.push(lent);
    dispatch(lent, null);
  }

  private void play(Runnable event) {
    try {
      event.run();
    } catch (Throwable bug) {
      fail(bug);
    }
  }
}
