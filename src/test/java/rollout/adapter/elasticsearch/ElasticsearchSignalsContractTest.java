package rollout.adapter.elasticsearch;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.judge.Reading;
import rollout.port.LogSignalsContractTest;
import rollout.port.Signals;

class ElasticsearchSignalsContractTest extends LogSignalsContractTest {
  private final FakeElasticsearch server = new FakeElasticsearch(ERRORS);
  private final HttpClient client = new HttpClient();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Override
  protected Signals signals() {
    return new ElasticsearchSignals(
        new HttpEndpoint(client, server.url(), Credentials.NONE, HttpLimits.DEFAULT), "time");
  }

  @Override
  protected void has(Instant at, Reading.Split entries) {
    server.has(at, entries);
  }

  @Override
  protected void hasOthers(Instant at) {
    server.hasOthers(at);
  }

  @Override
  protected void hasNoIndex() {
    server.alwaysSays(
        404,
        "application/json",
        "{\"error\":{\"root_cause\":[{\"type\":\"index_not_found_exception\","
            + "\"reason\":\"no such index [gitaly-*]\"}]},\"status\":404}");
  }
}
