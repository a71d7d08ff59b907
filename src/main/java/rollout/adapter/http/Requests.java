package rollout.adapter.http;

import java.io.IOException;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** Turns what is asked into OkHttp's request. */
final class Requests {
  private static final MediaType JSON = MediaType.get("application/json");

  private Requests() {}

  static Request build(
      HttpUrl base, Credentials credentials, HttpAsk ask, HttpClient.Sending sending) {
    Request.Builder request =
        new Request.Builder()
            .url(url(base, ask))
            .tag(HttpClient.Sending.class, sending)
            .header("User-Agent", "rollout")
            .header("Accept", "application/json");
    credentials.headers().forEach((name, value) -> request.header(name, value.reveal()));
    if (ask.fresh()) {
      request.header("Connection", "close");
    }
    return request.method(ask.method(), body(ask)).build();
  }

  private static HttpUrl url(HttpUrl base, HttpAsk ask) {
    HttpUrl.Builder url = base.newBuilder();
    ask.path().forEach(url::addPathSegment);
    ask.query().forEach(pair -> url.addQueryParameter(pair.getKey(), pair.getValue()));
    return url.build();
  }

  private static RequestBody body(HttpAsk ask) {
    return ask.body().map(Requests::written).map(Once::new).orElse(null);
  }

  private static RequestBody written(HttpAsk.Body body) {
    if (body instanceof HttpAsk.Json json) {
      return RequestBody.create(json.text(), JSON);
    } else if (body instanceof HttpAsk.Form form) {
      FormBody.Builder fields = new FormBody.Builder();
      form.fields().forEach(pair -> fields.add(pair.getKey(), pair.getValue()));
      return fields.build();
    }
    throw new AssertionError("no body for " + body.getClass());
  }

  /**
   * A body that OkHttp does not send a second time: not after a broken connection, and not after
   * {@code 503} with {@code Retry-After: 0} or {@code 408}.
   */
  private static final class Once extends RequestBody {
    private final RequestBody body;

    Once(RequestBody body) {
      this.body = body;
    }

    @Override
    public MediaType contentType() {
      return body.contentType();
    }

    @Override
    public long contentLength() throws IOException {
      return body.contentLength();
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      body.writeTo(sink);
    }
  }
}
