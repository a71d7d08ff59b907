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
    return json(ask, answer(ask));
  }

  /**
   * A 200, headers and all.
   *
   * @throws PortException never of kind UNKNOWN: a read changes nothing
   */
  HttpAnswer answer(HttpAsk ask) throws PortException {
    return ask(ask, Trouble.reading(server, ask), 200);
  }

  /**
   * What a 200 holds.
   *
   * @throws PortException when it is no JSON
   */
  JsonNode json(HttpAsk ask, HttpAnswer answer) throws PortException {
    return json(answer, Trouble.reading(server, ask));
  }

  /**
   * The JSON of a 201; sent at most once, on a connection of its own.
   *
   * @throws PortException of kind UNKNOWN when it may have had its effect
   */
  JsonNode write(HttpAsk ask) throws PortException {
    Trouble trouble = Trouble.writing(server, ask);
    return json(ask(ask.onFreshConnection(), trouble, 201), trouble);
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
      return answer.isPresent()
          ? Optional.of(json(successful(answer.get(), trouble, 201), trouble))
          : Optional.empty();
    } catch (HttpFailure failure) {
      throw trouble.with(failure);
    }
  }

  private static JsonNode json(HttpAnswer answer, Trouble trouble) throws PortException {
    try {
      return answer.json();
    } catch (HttpFailure failure) {
      throw trouble.with(failure);
    }
  }

  private static HttpAnswer successful(HttpAnswer answer, Trouble trouble, int success)
      throws PortException {
    if (answer.status() != success) {
      throw trouble.with(answer);
    }
    return answer;
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

  private HttpAnswer ask(HttpAsk ask, Trouble trouble, int success) throws PortException {
    try {
      return successful(server.send(ask), trouble, success);
    } catch (HttpFailure failure) {
      throw trouble.with(failure);
    }
  }
}
