package rollout.adapter.alertmanager;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.port.AlertSignalsContractTest;
import rollout.port.Signals;

class AlertmanagerSignalsContractTest extends AlertSignalsContractTest {
  private final FakeAlertmanager server = new FakeAlertmanager();
  private final HttpClient client = new HttpClient();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Override
  protected Signals signals() {
    return new AlertmanagerSignals(
        new HttpEndpoint(client, server.url(), Credentials.NONE, HttpLimits.DEFAULT),
        Optional.of("Watchdog"));
  }

  @Override
  protected void fires(String name, Instant since) {
    server.fires(FakeAlertmanager.alert(name, since.toString()));
  }

  @Override
  protected void isQuiet() {
    server.fires(FakeAlertmanager.NONE);
  }

  @Override
  protected void isFedByNobody() {
    server.hasNoWatchdog();
  }
}
