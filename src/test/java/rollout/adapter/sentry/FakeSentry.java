package rollout.adapter.sentry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;

/** A Sentry that answers each path with what a test gave it, page after page. */
final class FakeSentry implements AutoCloseable {
  static final String ISSUES = "/api/0/organizations/gitlab/issues/";
  static final String PROJECT = "/api/0/projects/gitlab/gitaly-production/";
  static final String PROJECTS = "/api/0/organizations/gitlab/projects/";

  private final MockWebServer server = new MockWebServer();
  private final Map<String, List<MockResponse>> pages = new ConcurrentHashMap<>();
  private final List<HttpUrl> asked = new CopyOnWriteArrayList<>();
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

  FakeSentry() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    try {
      server.start();
    } catch (java.io.IOException noPort) {
      throw new java.io.UncheckedIOException(noPort);
    }
  }

  String url() {
    return server.url("/").toString();
  }

  /** Addresses that were asked, oldest first. */
  List<HttpUrl> asked() {
    return List.copyOf(asked);
  }

  List<RecordedRequest> requests() {
    return List.copyOf(requests);
  }

  /** Answers a path so, whatever the page. */
  void says(String path, int status, String body, String... headers) {
    pages.put(path, List.of(response(status, body, headers)));
  }

  /**
   * Answers a path with one page after the other. Each but the last has a next one, on a host that
   * nobody must ask.
   */
  void pages(String path, String... bodies) {
    List<MockResponse> all = new ArrayList<>();
    for (int page = 0; page < bodies.length; page++) {
      all.add(response(200, bodies[page], "Link", link(page + 1, page + 1 < bodies.length)));
    }
    pages.put(path, all);
  }

  /** Both directions, as Sentry gives them, the next one with this cursor. */
  static String link(int next, boolean more) {
    return "<http://192.0.2.1/?&cursor=0:0:1>; rel=\"previous\"; results=\"true\"; cursor=\"0:0:1\","
        + " <http://192.0.2.1/?&cursor=0:"
        + next
        + ":0>; rel=\"next\"; results=\""
        + more
        + "\"; cursor=\"0:"
        + next
        + ":0\"";
  }

  @Override
  public void close() {
    server.close();
  }

  private MockResponse answer(RecordedRequest request) {
    HttpUrl url = request.getUrl();
    asked.add(url);
    requests.add(request);
    List<MockResponse> known = pages.get(url.encodedPath());
    if (known == null) {
      return response(404, "<html><title>Not Found</title></html>", "Content-Type", "text/html");
    }
    String cursor = url.queryParameter("cursor");
    int page = cursor == null ? 0 : Integer.parseInt(cursor.split(":")[1]);
    return known.get(Math.min(page, known.size() - 1));
  }

  private static MockResponse response(int status, String body, String... headers) {
    MockResponse.Builder response = new MockResponse.Builder().code(status).body(body);
    for (int i = 0; i < headers.length; i += 2) {
      response.addHeader(headers[i], headers[i + 1]);
    }
    return response.build();
  }
}
