package rollout.journal;

import java.util.List;
import rollout.core.Event;
import rollout.port.Journal;

/** A program that appends until it is killed, and prints each version once it is durable. */
final class AppendForever {
  private AppendForever() {}

  /**
   * @param args the url of the state
   */
  public static void main(String[] args) throws Exception {
    try (Journal journal =
        Stores.open(args[0], name -> null, holder -> Processes.Fate.UNKNOWN).journal()) {
      long version = journal.version(Examples.ROLLOUT);
      if (version == 0) {
        Event started = Examples.started(Examples.ROLLOUT, false);
        version = journal.append(Examples.ROLLOUT, 0, List.of(started));
      }
      while (!System.out.checkError()) {
        Event next = new Event.Sealed(Examples.AT, "" + (version + 1));
        version = journal.append(Examples.ROLLOUT, version, List.of(next));
        System.out.println(version);
      }
    }
  }
}
