package rollout.testing;

import java.util.List;
import java.util.Optional;
import rollout.core.Event;
import rollout.plan.FlagName;
import rollout.plan.RolloutId;
import rollout.port.Head;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.port.StaleVersion;

/** A journal in memory that falls silent when it is told to. Single-threaded. */
public final class MoodyJournal implements Journal {
  /** How it answers. */
  public enum Mood {
    /** As it should. */
    WELL,
    /** Not at all, and nothing is written. */
    SILENT,
    /** It writes, and nobody hears of it. */
    WRITES_UNHEARD
  }

  private final InMemoryJournal journal = new InMemoryJournal();
  private Mood mood = Mood.WELL;

  /** From now on it is like this. */
  public void turn(Mood next) {
    mood = next;
  }

  @Override
  public Optional<RolloutId> newest(FlagName flag, Kind kind) throws PortException {
    requireVoice();
    return journal.newest(flag, kind);
  }

  @Override
  public List<Entry> list(Kind kind) throws PortException {
    requireVoice();
    return journal.list(kind);
  }

  @Override
  public List<Event> readAfter(RolloutId rollout, long version) throws PortException {
    requireVoice();
    return journal.readAfter(rollout, version);
  }

  @Override
  public Head head(RolloutId rollout) throws PortException {
    requireVoice();
    return journal.head(rollout);
  }

  @Override
  public boolean holds(RolloutId rollout, Head head) throws PortException {
    requireVoice();
    return journal.holds(rollout, head);
  }

  @Override
  public long append(RolloutId rollout, long expectedVersion, List<Event> events)
      throws StaleVersion, PortException {
    requireVoice();
    long version = journal.append(rollout, expectedVersion, events);
    if (mood == Mood.WRITES_UNHEARD) {
      mood = Mood.SILENT;
      throw new PortException(PortException.Kind.UNKNOWN, 0, "The connection broke.", null);
    }
    return version;
  }

  @Override
  public void close() {
    journal.close();
  }

  private void requireVoice() throws PortException {
    if (mood == Mood.SILENT) {
      throw new PortException(PortException.Kind.NOT_DONE, 0, "The state is busy.", null);
    }
  }
}
