package rollout.crash;

/** Threads that end with the test. */
final class Threads {
  private Threads() {}

  static Thread begin(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
