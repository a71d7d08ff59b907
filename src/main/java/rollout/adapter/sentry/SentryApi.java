package rollout.adapter.sentry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.adapter.http.HttpAnswer;
import rollout.adapter.http.HttpAsk;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpFailure;
import rollout.plan.Durations;
import rollout.port.PortException;

/** Asks Sentry, never sooner than it allows, and turns its refusals into sentences. */
final class SentryApi {
  /** A page holds at most 100 entries. */
  private static final int MOST_PAGES = 10;

  private final HttpEndpoint endpoint;
  private final RateGate gate;

  SentryApi(HttpEndpoint endpoint, InstantSource clock) {
    this.endpoint = endpoint;
    this.gate = new RateGate(clock);
  }

  /**
   * All pages of a list.
   *
   * @param entries in the order they came
   * @param cut whether there were more pages than we read
   */
  record Listing(List<JsonNode> entries, boolean cut) {
    Listing {
      entries = List.copyOf(entries);
    }
  }

  /** The server's address, for messages. */
  String address() {
    return endpoint.address();
  }

  /**
   * Reads a list by {@code cursor}, always from the configured address: a next page on another host
   * would get our token.
   *
   * @param what is asked for, for messages
   */
  Listing list(HttpAsk ask, String what) throws PortException {
    return list(ask, required(ask, what), what);
  }

  /** The same, with the answer for the first page already there. */
  Listing list(HttpAsk ask, HttpAnswer first, String what) throws PortException {
    List<JsonNode> entries = new ArrayList<>();
    HttpAnswer answer = first;
    for (int page = 1; ; page++) {
      JsonNode body = json(answer, what);
      if (!body.isArray()) {
        throw unusable(what, "the answer is no list: " + answer.summary());
      }
      body.forEach(entries::add);
      Optional<String> cursor = NextPage.cursor(answer);
      if (cursor.isEmpty() || page == MOST_PAGES) {
        return new Listing(entries, cursor.isPresent());
      }
      answer = required(ask.query("cursor", cursor.get()), what);
    }
  }

  /** An answer with a status of success. */
  HttpAnswer required(HttpAsk ask, String what) throws PortException {
    HttpAnswer answer = send(ask, what);
    if (!answer.isSuccess()) {
      throw refused(answer, what);
    }
    return answer;
  }

  /** An answer with any status but 429. */
  HttpAnswer send(HttpAsk ask, String what) throws PortException {
    Optional<Duration> wait = gate.left();
    if (wait.isPresent()) {
      throw new PortException(
          PortException.Kind.NOT_DONE,
          429,
          "did not ask "
              + what
              + " of Sentry at "
              + address()
              + ": it said that we ask too often and is left alone for another "
              + Durations.words(wait.get()),
          wait,
          null);
    }
    HttpAnswer answer = sent(ask, what);
    if (answer.status() == 429) {
      gate.refused(answer);
      throw refused(answer, what);
    }
    return answer;
  }

  /** What went wrong, in Sentry's words where there are some. */
  PortException refused(HttpAnswer answer, String what) {
    int status = answer.status();
    boolean passing = status == 429 || status >= 500;
    return new PortException(
        passing ? PortException.Kind.NOT_DONE : PortException.Kind.REFUSED,
        status,
        asked(what)
            + ", and it answered "
            + status
            + ": "
            + SentryWords.said(answer)
            + "; "
            + SentryWords.advice(status),
        status == 429 ? gate.left() : Optional.empty(),
        null);
  }

  PortException unusable(String what, String why) {
    return new PortException(PortException.Kind.REFUSED, 200, asked(what) + ", but " + why, null);
  }

  private HttpAnswer sent(HttpAsk ask, String what) throws PortException {
    try {
      return endpoint.send(ask);
    } catch (HttpFailure failure) {
      throw new PortException(
          PortException.Kind.NOT_DONE,
          failure.status(),
          asked(what) + ": " + failure.getMessage(),
          failure);
    }
  }

  private JsonNode json(HttpAnswer answer, String what) throws PortException {
    try {
      return answer.json();
    } catch (HttpFailure notJson) {
      throw unusable(what, notJson.getMessage() + "; look at the source's url");
    }
  }

  private String asked(String what) {
    return "asked " + what + " of Sentry at " + address();
  }
}
