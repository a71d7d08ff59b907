package rollout.adapter.http;

import java.io.IOException;
import java.net.Proxy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * The connections of the whole program. Made when first used, because OkHttp costs a good part of
 * the start-up time of a command that asks no server.
 */
public final class HttpClient implements AutoCloseable {
  private OkHttpClient pooled;

  /** A call that shares kept connections; a read among them is repeated when one proves dead. */
  synchronized OkHttpClient pooled() {
    if (pooled == null) {
      pooled = make();
    }
    return pooled;
  }

  /** A call with a connection of its own, sent at most once, after its last check. */
  OkHttpClient fresh() {
    return pooled()
        .newBuilder()
        .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
        .retryOnConnectionFailure(false)
        .addNetworkInterceptor(HttpClient::checkAndSend)
        .build();
  }

  /** Asked by OkHttp once the connection stands and before the first byte of the request. */
  private static Response checkAndSend(Interceptor.Chain chain) throws IOException {
    Sending sending = chain.request().tag(Sending.class);
    if (!sending.lastCheck.getAsBoolean()) {
      throw new Withdrawn();
    }
    return chain.proceed(chain.request());
  }

  /** The last check did not pass: nothing was sent. */
  static final class Withdrawn extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Lets go of all idle connections. The client may be used again. */
  @Override
  public synchronized void close() {
    if (pooled != null) {
      pooled.connectionPool().evictAll();
    }
  }

  private static OkHttpClient make() {
    return new OkHttpClient.Builder()
        .protocols(List.of(Protocol.HTTP_1_1))
        .proxy(Proxy.NO_PROXY)
        // OkHttp takes only Authorization off a redirected request, not other headers with tokens
        .followRedirects(false)
        .followSslRedirects(false)
        .readTimeout(0, TimeUnit.MILLISECONDS)
        .writeTimeout(0, TimeUnit.MILLISECONDS)
        .eventListener(new MarksSending())
        .build();
  }

  /** Notes on the request's own tag when its first byte may leave. */
  private static final class MarksSending extends EventListener {
    @Override
    public void requestHeadersStart(Call call) {
      Sending sending = call.request().tag(Sending.class);
      if (sending != null) {
        sending.begun = true;
      }
    }
  }

  /** One request on its way: what it waits for, and whether it has begun to be sent. */
  static final class Sending {
    private final BooleanSupplier lastCheck;
    private volatile boolean begun;

    /**
     * @param lastCheck asked when the connection stands, where it is one of its own
     */
    Sending(BooleanSupplier lastCheck) {
      this.lastCheck = lastCheck;
    }

    boolean hasBegun() {
      return begun;
    }
  }
}
