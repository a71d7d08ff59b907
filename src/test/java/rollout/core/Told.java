package rollout.core;

import java.util.List;
import rollout.plan.RolloutId;
import rollout.port.History;

/** Histories that the machine made, for tests of other packages. */
public final class Told {
  private Told() {}

  /** What the transcript of this name tells. */
  public static History by(String transcript) {
    List<Event> events =
        Transcript.play(TranscriptTest.DIRECTORY.resolve(transcript + ".txt")).driver().journal;
    return new History(new RolloutId(((Event.Started) events.get(0)).rollout().value()), events);
  }
}
