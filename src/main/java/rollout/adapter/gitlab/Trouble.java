package rollout.adapter.gitlab;

import java.util.stream.Collectors;
import rollout.adapter.http.HttpAnswer;
import rollout.adapter.http.HttpAsk;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpFailure;
import rollout.port.PortException;
import rollout.port.PortException.Kind;

/**
 * What is known, and what is to be done, when one request to GitLab did not bring what it should:
 * for a write the difference between "had no effect" and "may have had it" is the whole point.
 *
 * @param tried the request in words
 * @param ifUnsure the kind when the server may have acted
 */
record Trouble(HttpEndpoint server, String tried, Kind ifUnsure) {
  static Trouble reading(HttpEndpoint server, HttpAsk ask) {
    return new Trouble(server, tried(server, ask), Kind.NOT_DONE);
  }

  static Trouble writing(HttpEndpoint server, HttpAsk ask) {
    return new Trouble(server, tried(server, ask), Kind.UNKNOWN);
  }

  PortException with(HttpFailure failure) {
    Kind kind =
        switch (failure.reason()) {
          case NOT_SENT -> Kind.NOT_DONE;
          case BROKEN, UNREADABLE -> ifUnsure;
          case REDIRECTED -> Kind.REFUSED;
          case TOO_LARGE -> ifUnsure == Kind.UNKNOWN ? Kind.UNKNOWN : Kind.REFUSED;
        };
    if (failure.reason() == HttpFailure.Reason.UNREADABLE) {
      return made(kind, failure.status(), failure.getMessage(), failure);
    }
    // the failure's own sentence says what was tried
    String sentence = server.redacted(failure.getMessage() + unsure(kind));
    return new PortException(kind, failure.status(), sentence, failure);
  }

  PortException with(HttpAnswer answer) {
    String said = "GitLab answered " + answer.status() + ", " + Complaint.of(answer);
    return new PortException(
        kind(answer),
        answer.status(),
        sentence(kind(answer), said + advice(answer)),
        Pause.asked(answer),
        null);
  }

  /** A 2xx whose body cannot be what we asked for. */
  PortException with(IllegalArgumentException strange) {
    return made(ifUnsure, 0, "GitLab's answer is strange: " + strange.getMessage(), strange);
  }

  private Kind kind(HttpAnswer answer) {
    return switch (answer.status()) {
      case 429 -> Kind.NOT_DONE;
      case 408, 409, 425 -> ifUnsure;
      default -> answer.status() / 100 == 4 ? Kind.REFUSED : ifUnsure;
    };
  }

  private PortException made(Kind kind, int status, String what, Throwable cause) {
    return new PortException(kind, status, sentence(kind, what), cause);
  }

  private String sentence(Kind kind, String what) {
    return server.redacted(tried + ": " + what + unsure(kind));
  }

  private static String unsure(Kind kind) {
    return kind == Kind.UNKNOWN ? "; whether it took effect is unknown" : "";
  }

  private static String advice(HttpAnswer answer) {
    String body = answer.body();
    return switch (answer.status()) {
      case 401 ->
          body.contains("expired") || body.contains("revoked")
              ? ". Make a new token of an administrator with the scopes api and admin_mode"
              : ". Is the token set, complete and not expired? On a CI job: is the variable protected"
                  + " and the branch not?";
      case 403 ->
          body.contains("insufficient_scope")
              ? ". The token needs the scope api, and admin_mode where Admin Mode is on"
              : ". Flags are for administrators: is the token's user one, and does the token have the"
                  + " scope admin_mode if Admin Mode is on?";
      case 404 -> ". Is the address that of a GitLab, without /api/v4 at its end?";
      case 429 -> ". It did nothing; wait and ask again";
      default -> "";
    };
  }

  private static String tried(HttpEndpoint server, HttpAsk ask) {
    String form =
        ask.form().stream()
            .map(pair -> pair.getKey() + "=" + pair.getValue())
            .collect(Collectors.joining("&"));
    return ask.method()
        + " "
        + server.address()
        + "/"
        + String.join("/", ask.path())
        + (form.isEmpty() ? "" : " with " + form);
  }
}
