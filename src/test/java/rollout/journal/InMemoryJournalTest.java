package rollout.journal;

import rollout.port.Journal;
import rollout.testing.InMemoryJournal;

class InMemoryJournalTest extends JournalContractTest {
  private final Journal journal = new InMemoryJournal();

  @Override
  Journal open() {
    return journal;
  }

  @Override
  Journal another() {
    return journal;
  }
}
