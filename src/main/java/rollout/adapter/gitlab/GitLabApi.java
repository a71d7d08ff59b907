package rollout.adapter.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import rollout.adapter.http.HttpAnswer;
import rollout.adapter.http.HttpAsk;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpFailure;
import rollout.port.Flags;
import rollout.port.PortException;

/** GitLab's API v4: sends a request and turns everything but success into a PortException. */
final class GitLabApi {
  private final HttpEndpoint server;

  GitLabApi(HttpEndpoint server) {
    this.server = server;
  }

  /**
   * The JSON of a 200.
   *
   * @throws PortException never of kind UNKNOWN: a read changes nothing
   */
  JsonNode read(HttpAsk ask) throws PortException {
    return ask(ask, Trouble.reading(server, ask), 200);
  }

  /**
   * The JSON of a 201; sent at most once, on a connection of its own.
   *
   * @throws PortException of kind UNKNOWN when it may have had its effect
   */
  JsonNode write(HttpAsk ask) throws PortException {
    return ask(ask.onFreshConnection(), Trouble.writing(server, ask), 201);
  }

  /**
   * The JSON of a 201; sent at most once, over a connection that stands before the last check.
   *
   * @return empty when the check did not pass and nothing was sent
   * @throws PortException of kind UNKNOWN when it may have had its effect, or what the check threw
   */
  Optional<JsonNode> write(HttpAsk ask, Flags.LastCheck last) throws PortException {
    Checked check = new Checked(last);
    Trouble trouble = Trouble.writing(server, ask);
    try {
      Optional<HttpAnswer> answer = server.send(ask, check);
      check.rethrow();
      return answer.isPresent() ? Optional.of(json(answer.get(), trouble, 201)) : Optional.empty();
    } catch (HttpFailure failure) {
      throw trouble.with(failure);
    }
  }

  /** A check whose exception waits until the request has been let go. */
  private static final class Checked implements BooleanSupplier {
    private final Flags.LastCheck last;
    private PortException thrown;

    Checked(Flags.LastCheck last) {
      this.last = last;
    }

    @Override
    public boolean getAsBoolean() {
      try {
        return last.passes();
      } catch (PortException failed) {
        thrown = failed;
        return false;
      }
    }

    void rethrow() throws PortException {
      if (thrown != null) {
        throw thrown;
      }
    }
  }

  private JsonNode ask(HttpAsk ask, Trouble trouble, int success) throws PortException {
    try {
      return json(server.send(ask), trouble, success);
    } catch (HttpFailure failure) {
      throw trouble.with(failure);
    }
  }

  private static JsonNode json(HttpAnswer answer, Trouble trouble, int success)
      throws PortException, HttpFailure {
    if (answer.status() != success) {
      throw trouble.with(answer);
    }
    return answer.json();
  }
}
