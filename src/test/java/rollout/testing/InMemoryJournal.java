package rollout.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.core.Event;
import rollout.core.Over;
import rollout.plan.FlagName;
import rollout.plan.RolloutId;
import rollout.port.Head;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.port.StaleVersion;

/** A journal that lasts as long as its process; held to the same contract as the durable ones. */
public final class InMemoryJournal implements Journal {
  private final Map<RolloutId, List<Event>> rollouts = new LinkedHashMap<>();

  @Override
  public Optional<RolloutId> newest(FlagName flag, Kind kind) throws PortException {
    return list(kind).stream()
        .filter(entry -> entry.flag().equals(flag))
        .map(Entry::rollout)
        .findFirst();
  }

  @Override
  public synchronized List<Entry> list(Kind kind) throws PortException {
    List<Entry> entries = new ArrayList<>();
    rollouts.values().forEach(events -> entries.add(0, entryOf(events)));
    for (int i = 0; i < entries.size(); i++) {
      entries.set(i, besideNewer(entries.get(i), entries.subList(0, i)));
    }
    return entries.stream().filter(entry -> kind == Kind.ANY || !entry.sandbox()).toList();
  }

  @Override
  public synchronized List<Event> readAfter(RolloutId rollout, long version) throws PortException {
    List<Event> events = eventsOf(rollout);
    return List.copyOf(events.subList((int) Math.min(version, events.size()), events.size()));
  }

  @Override
  public synchronized Head head(RolloutId rollout) throws PortException {
    return headOf(eventsOf(rollout));
  }

  @Override
  public synchronized boolean holds(RolloutId rollout, Head head) throws PortException {
    List<Event> events = eventsOf(rollout);
    return head.seq() <= events.size() && headOf(events.subList(0, (int) head.seq())).equals(head);
  }

  @Override
  public synchronized long append(RolloutId rollout, long expectedVersion, List<Event> events)
      throws StaleVersion, PortException {
    List<Event> before = eventsOf(rollout);
    if (before.size() != expectedVersion) {
      throw new StaleVersion(
          "expected version %d of %s, found %d".formatted(expectedVersion, rollout, before.size()));
    }
    List<Event> after = new ArrayList<>(before);
    after.addAll(events);
    if (before.isEmpty()) {
      refuseSecond(rollout, entryOf(after));
    }
    rollouts.put(rollout, after);
    return after.size();
  }

  /** Puts an older copy in the place of a rollout: as a restored backup does. */
  public synchronized void restore(RolloutId rollout, List<Event> events) {
    rollouts.put(rollout, List.copyOf(events));
  }

  @Override
  public void close() {}

  /** One that is taken back anew stays over while a newer one of the flag is under way. */
  private static Entry besideNewer(Entry entry, List<Entry> newer) {
    boolean succeeded =
        newer.stream()
            .anyMatch(one -> one.flag().equals(entry.flag()) && !one.sandbox() && !one.finished());
    return succeeded && !entry.sandbox()
        ? new Entry(entry.rollout(), entry.flag(), false, true)
        : entry;
  }

  /** Nobody can change these events from outside: their own hash codes are chain enough. */
  private static Head headOf(List<Event> events) {
    return events.isEmpty()
        ? Head.START
        : new Head(events.size(), "%064x".formatted(events.hashCode()));
  }

  private List<Event> eventsOf(RolloutId rollout) {
    return rollouts.getOrDefault(rollout, Collections.emptyList());
  }

  private void refuseSecond(RolloutId rollout, Entry entry) throws StaleVersion {
    if (!entry.rollout().equals(rollout)) {
      throw new IllegalArgumentException("the first event of " + rollout + " must be its Started");
    }
    boolean second =
        rollouts.values().stream()
            .map(InMemoryJournal::entryOf)
            .anyMatch(one -> one.flag().equals(entry.flag()) && !one.sandbox() && !one.finished());
    if (second && !entry.sandbox()) {
      throw new StaleVersion(entry.flag() + " has an unfinished rollout already");
    }
  }

  private static Entry entryOf(List<Event> events) {
    if (!events.isEmpty() && events.get(0) instanceof Event.Started started) {
      boolean finished = Over.after(events).orElse(false);
      return new Entry(started.rollout(), started.flag(), started.sandbox(), finished);
    }
    throw new IllegalArgumentException("a rollout must begin with its Started, not " + events);
  }
}
