package rollout.journal;

import org.junit.jupiter.api.extension.RegisterExtension;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.testing.RealPostgres;

class PostgresJournalTest extends JournalContractTest {
  @RegisterExtension static final RealPostgres POSTGRES = new RealPostgres();

  private final String url = POSTGRES.newDatabase();

  @Override
  Journal open() throws PortException {
    return Stores.open(url, name -> null, holder -> Processes.Fate.UNKNOWN).journal();
  }

  @Override
  Journal another() throws PortException {
    return open();
  }
}
