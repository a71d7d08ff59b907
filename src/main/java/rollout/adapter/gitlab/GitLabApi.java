package rollout.adapter.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import rollout.adapter.http.HttpAnswer;
import rollout.adapter.http.HttpAsk;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpFailure;
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

  private static JsonNode json(HttpAnswer answer, Trouble trouble) throws PortException {
    try {
      return answer.json();
    } catch (HttpFailure failure) {
      throw trouble.with(failure);
    }
  }

  private HttpAnswer ask(HttpAsk ask, Trouble trouble, int success) throws PortException {
    try {
      HttpAnswer answer = server.send(ask);
      if (answer.status() != success) {
        throw trouble.with(answer);
      }
      return answer;
    } catch (HttpFailure failure) {
      throw trouble.with(failure);
    }
  }
}
