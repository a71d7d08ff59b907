package rollout.journal;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import rollout.port.Journal;
import rollout.port.PortException;

class SqliteJournalTest extends JournalContractTest {
  @TempDir private Path folder;

  @Override
  Journal open() throws PortException {
    String url = "sqlite:" + folder.resolve("rollout.db");
    return Stores.open(url, name -> null, holder -> Processes.Fate.UNKNOWN).journal();
  }

  @Override
  Journal another() throws PortException {
    return open();
  }
}
