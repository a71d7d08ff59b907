package rollout.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.OptionalDouble;
import rollout.sandbox.LoopbackServer;
import rollout.sandbox.Reply;
import rollout.sandbox.SandboxRequest;

/** A Prometheus that says what a test wants it to, whatever the flag is. */
public final class ScriptedPrometheus implements AutoCloseable {
  private final Script script;
  private final LoopbackServer server;

  /** What is answered. */
  public interface Script {
    /** The one number of a query; empty for no series. */
    OptionalDouble answer(String query);
  }

  /** Starts to listen. */
  public ScriptedPrometheus(Script script) {
    this.script = script;
    this.server = new LoopbackServer("scripted-prometheus", this::serve);
  }

  /** Its address. */
  public String url() {
    return server.address().toString();
  }

  private Reply serve(SandboxRequest request) {
    Map<String, String> form = request.form();
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("status", "success");
    ObjectNode data = body.putObject("data").put("resultType", "vector");
    var result = data.putArray("result");
    script
        .answer(form.getOrDefault("query", ""))
        .ifPresent(
            value -> {
              ObjectNode series = result.addObject();
              series.putObject("metric");
              series
                  .putArray("value")
                  .add(Double.parseDouble(form.get("time")))
                  .add(Double.toString(value));
            });
    return Reply.json(200, body);
  }

  @Override
  public void close() {
    server.close();
  }
}
