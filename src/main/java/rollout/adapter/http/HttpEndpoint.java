package rollout.adapter.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** One server, and who we are to it. What is sent here goes nowhere else. */
public final class HttpEndpoint {
  private final HttpClient client;
  private final HttpUrl base;
  private final Credentials credentials;
  private final HttpLimits limits;
  private final Redaction redaction;

  /**
   * @param baseUrl http or https, perhaps with a path such as {@code /prometheus}; a slash at its
   *     end makes no difference
   * @throws IllegalArgumentException when it is no such address, or holds a password, a query or a
   *     fragment
   */
  public HttpEndpoint(
      HttpClient client, String baseUrl, Credentials credentials, HttpLimits limits) {
    this.client = client;
    this.base = BaseUrl.parse(baseUrl);
    this.credentials = credentials;
    this.limits = limits;
    this.redaction = new Redaction(credentials.secrets());
  }

  /** The server's address, for messages. */
  public String address() {
    return redacted(base.toString().replaceFirst("/$", ""));
  }

  /** A text without our secrets. */
  public String redacted(String text) {
    return redaction.apply(text);
  }

  /**
   * Asks once (a GET on a kept connection that proves dead is asked again) and reads the whole
   * answer.
   *
   * @return the answer, whatever its status, unless that is 3xx
   * @throws HttpFailure when there is none, or none that may be used
   */
  public HttpAnswer send(HttpAsk ask) throws HttpFailure {
    return send(ask, limits.deadline(), () -> true).orElseThrow();
  }

  /**
   * Sends once, over a connection of its own that stands before the last check is made.
   *
   * @param lastCheck whether it may be sent now; it may take as long as two requests
   * @return the answer, whatever its status, unless that is 3xx; empty when the check did not pass
   *     and nothing was sent
   * @throws HttpFailure when there is none, or none that may be used
   */
  public Optional<HttpAnswer> send(HttpAsk ask, BooleanSupplier lastCheck) throws HttpFailure {
    return send(ask.onFreshConnection(), limits.deadline().multipliedBy(3), lastCheck);
  }

  private Optional<HttpAnswer> send(HttpAsk ask, Duration deadline, BooleanSupplier lastCheck)
      throws HttpFailure {
    HttpClient.Sending sending = new HttpClient.Sending(lastCheck);
    Request request = Requests.build(base, credentials, ask, sending);
    try (Response response = execute(clientFor(ask, deadline).newCall(request))) {
      return Optional.of(read(request, response));
    } catch (HttpClient.Withdrawn withdrawn) {
      return Optional.empty();
    } catch (IOException broken) {
      throw failure(request, sending, broken);
    }
  }

  /**
   * OkHttp is Kotlin: while it connects, an interrupt comes out of it as an undeclared exception.
   */
  private static Response execute(Call call) throws IOException {
    try {
      return call.execute();
    } catch (IOException | RuntimeException usual) {
      throw usual;
    } catch (Exception interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private OkHttpClient clientFor(HttpAsk ask, Duration deadline) {
    OkHttpClient some = ask.fresh() ? client.fresh() : client.pooled();
    return some.newBuilder()
        .connectTimeout(limits.connect().toMillis(), TimeUnit.MILLISECONDS)
        .readTimeout(limits.deadline().toMillis(), TimeUnit.MILLISECONDS)
        .writeTimeout(limits.deadline().toMillis(), TimeUnit.MILLISECONDS)
        .callTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .build();
  }

  private HttpAnswer read(Request request, Response response) throws IOException, HttpFailure {
    if (response.code() / 100 == 3) {
      throw failure(HttpFailure.Reason.REDIRECTED, response, redirect(request, response));
    }
    try (ResponseBody body = response.peekBody(limits.bodyBytes() + 1L)) {
      if (body.contentLength() > limits.bodyBytes()) {
        String message = said(request) + " answered more than " + limits.bodyBytes() + " bytes";
        throw failure(HttpFailure.Reason.TOO_LARGE, response, message);
      }
      // a server may quote our own header lines back at us
      return new HttpAnswer(
          response.code(), response.headers().toMultimap(), redacted(body.string()));
    }
  }

  private String redirect(Request request, Response response) {
    HttpUrl there = request.url().resolve(String.valueOf(response.header("Location")));
    String where = there == null ? "somewhere else" : there.scheme() + "://" + there.host();
    return said(request)
        + " answered with a redirect ("
        + response.code()
        + ") to "
        + where
        + "; it was not followed, because the token would go with it. Write the server's final"
        + " address into the plan";
  }

  private HttpFailure failure(HttpFailure.Reason reason, Response response, String message) {
    return new HttpFailure(reason, response.code(), redacted(message), null);
  }

  private HttpFailure failure(Request request, HttpClient.Sending sending, IOException broken) {
    HttpFailure.Reason reason =
        sending.hasBegun() ? HttpFailure.Reason.BROKEN : HttpFailure.Reason.NOT_SENT;
    String message = redacted(said(request) + " failed: " + because(reason, broken));
    // the cause is left out: its message is OkHttp's and has not been redacted
    return new HttpFailure(reason, 0, message, null);
  }

  private String because(HttpFailure.Reason reason, IOException broken) {
    if (broken instanceof UnknownHostException) {
      return "the host name " + base.host() + " is not known";
    }
    if (broken instanceof ConnectException) {
      return "nothing accepts connections at " + base.host() + " port " + base.port();
    }
    if (broken instanceof SSLException) {
      return "no trusted TLS connection came about (" + detail(broken) + ")";
    }
    if (Thread.currentThread().isInterrupted()) {
      return "this program is stopping";
    }
    if (broken instanceof InterruptedIOException) {
      return reason == HttpFailure.Reason.NOT_SENT
          ? "no connection within " + limits.connect().toMillis() + " ms"
          : "no complete answer within " + limits.deadline().toMillis() + " ms";
    }
    return "the connection broke (" + detail(broken) + ")";
  }

  /** The exception's own words, without the names of its class and of what caused it. */
  private static String detail(IOException broken) {
    String words = broken.getMessage() == null ? "no reason given" : broken.getMessage();
    return Summary.line(words.replaceAll("([a-z]+\\.)+[A-Z]\\w*(Exception|Error): ?", ""));
  }

  private static String said(Request request) {
    return request.method() + " " + request.url().newBuilder().query(null).build();
  }
}
