package rollout.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import rollout.sandbox.LoopbackServer;
import rollout.sandbox.Reply;
import rollout.sandbox.SandboxRequest;

/** A Prometheus that says what a test wants it to, whatever the flag is. */
public final class ScriptedPrometheus implements AutoCloseable {
  private final Script script;
  private final LoopbackServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** A query at one moment. */
  public record Asked(String query, BigDecimal time) {}

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

  /** Every query at every moment it was asked for, in order: a range asks for several. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  private Reply serve(SandboxRequest request) {
    Map<String, String> form = request.form();
    String query = form.getOrDefault("query", "");
    OptionalDouble answer = query.equals("vector(1)") ? OptionalDouble.of(1) : script.answer(query);
    boolean range = request.path().endsWith("/query_range");
    List<BigDecimal> times = range ? times(form) : List.of(new BigDecimal(form.get("time")));
    times.forEach(time -> asked.add(new Asked(query, time)));
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("status", "success");
    ObjectNode data = body.putObject("data").put("resultType", range ? "matrix" : "vector");
    ArrayNode result = data.putArray("result");
    if (answer.isPresent()) {
      ObjectNode series = result.addObject();
      series.putObject("metric");
      String value = Double.toString(answer.getAsDouble());
      ArrayNode points = series.putArray(range ? "values" : "value");
      times.forEach(time -> (range ? points.addArray() : points).add(time).add(value));
    }
    return Reply.json(200, body);
  }

  private static List<BigDecimal> times(Map<String, String> form) {
    BigDecimal end = new BigDecimal(form.get("end"));
    BigDecimal step = new BigDecimal(form.get("step"));
    return Stream.iterate(
            new BigDecimal(form.get("start")), time -> time.compareTo(end) <= 0, step::add)
        .toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
