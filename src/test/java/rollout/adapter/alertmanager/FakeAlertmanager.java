package rollout.adapter.alertmanager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;

/** An Alertmanager that answers the matchers of a plan with one body and others with another. */
final class FakeAlertmanager implements AutoCloseable {
  static final String NONE = "[]";

  private final MockWebServer server = new MockWebServer();
  private final List<HttpUrl> asked = new CopyOnWriteArrayList<>();
  private volatile String alerts = NONE;
  private volatile String watchdog = alert("Watchdog", "2026-01-01T00:00:00.000Z");
  private volatile MockResponse always;

  FakeAlertmanager() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request.getUrl());
          }
        });
    try {
      server.start();
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  String url() {
    return server.url("/").toString();
  }

  /** Gives this body to all matchers but the watchdog's. */
  void fires(String body) {
    alerts = body;
    always = null;
  }

  /** Nobody feeds it. */
  void hasNoWatchdog() {
    watchdog = NONE;
  }

  void alwaysSays(int status, String contentType, String body) {
    always = response(status, contentType, body);
  }

  List<HttpUrl> asked() {
    return List.copyOf(asked);
  }

  /** A list with one alert. */
  static String alert(String name, String startsAt) {
    return "[{\"annotations\":{},\"endsAt\":\"2026-11-22T12:17:27.640Z\",\"fingerprint\":\"16b4\","
        + "\"receivers\":[{\"name\":\"none\"}],\"startsAt\":\""
        + startsAt
        + "\",\"status\":{\"inhibitedBy\":[],\"silencedBy\":[],\"state\":\"active\"},"
        + "\"updatedAt\":\"2026-11-22T12:13:27.645Z\",\"labels\":{\"alertname\":\""
        + name
        + "\"}}]";
  }

  @Override
  public void close() {
    server.close();
  }

  private MockResponse answer(HttpUrl url) {
    asked.add(url);
    if (always != null) {
      return always;
    }
    if (url.encodedPath().equals("/api/v2/status")) {
      return json("{\"versionInfo\":{\"version\":\"0.25.0\"}}");
    }
    boolean isWatchdog = "alertname=\"Watchdog\"".equals(url.queryParameter("filter"));
    return json(isWatchdog ? watchdog : alerts);
  }

  private static MockResponse json(String body) {
    return response(200, "application/json", body);
  }

  private static MockResponse response(int status, String contentType, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", contentType)
        .body(body)
        .build();
  }
}
