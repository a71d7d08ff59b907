package rollout.journal;

import rollout.port.Leases;
import rollout.testing.InMemoryLeases;

class InMemoryLeasesTest extends LeasesContractTest {
  @Override
  Leases open() {
    return new InMemoryLeases(
        this::now,
        holder -> fateOf(holder) == Processes.Fate.GONE,
        holder -> fateOf(holder) == Processes.Fate.ALIVE_HERE);
  }

  @Override
  void close() {}
}
