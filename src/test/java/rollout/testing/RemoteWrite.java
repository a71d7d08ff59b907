package rollout.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * Samples for Prometheus's remote write: {@code WriteRequest} in protobuf, in a Snappy block that
 * compresses nothing. The two formats are so small in this use that no library is wanted.
 */
public final class RemoteWrite {
  private static final int LITERAL = 60_000;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final List<byte[]> series = new ArrayList<>();

  /** Adds a series with these samples; {@code __name__} is the metric's name. */
  public RemoteWrite series(String name, Map<String, String> labels, Map<Instant, Double> samples) {
    Map<String, String> sorted = new TreeMap<>(labels);
    sorted.put("__name__", name);
    Message message = new Message();
    sorted.forEach(
        (label, value) -> message.bytes(1, new Message().text(1, label).text(2, value).done()));
    new TreeMap<>(samples)
        .forEach(
            (at, value) ->
                message.bytes(
                    2, new Message().number(1, value).whole(2, at.toEpochMilli()).done()));
    series.add(message.done());
    return this;
  }

  /**
   * Adds a series with a sample every {@code step}, both ends included.
   *
   * @param value from seconds since {@code start}
   */
  public RemoteWrite series(
      String name,
      Map<String, String> labels,
      Instant start,
      Instant end,
      Duration step,
      DoubleUnaryOperator value) {
    Map<Instant, Double> samples = new TreeMap<>();
    for (Instant at = start; !at.isAfter(end); at = at.plus(step)) {
      double seconds = Duration.between(start, at).toMillis() / 1000.0;
      samples.put(at, value.applyAsDouble(seconds));
    }
    return series(name, labels, samples);
  }

  void sendTo(String url) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/write"))
            .header("Content-Encoding", "snappy")
            .header("Content-Type", "application/x-protobuf")
            .header("X-Prometheus-Remote-Write-Version", "0.1.0")
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofByteArray(snappy(body())))
            .build();
    try {
      HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 204) {
        throw new IllegalStateException(
            "remote write answered " + answer.statusCode() + ": " + answer.body());
      }
    } catch (IOException broken) {
      throw new IllegalStateException("remote write to " + url + " failed", broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private byte[] body() {
    Message request = new Message();
    series.forEach(one -> request.bytes(1, one));
    return request.done();
  }

  /** The length, then literals: tag 61 says that two bytes with their length minus one follow. */
  private static byte[] snappy(byte[] plain) {
    Message block = new Message();
    block.varint(plain.length);
    for (int from = 0; from < plain.length; from += LITERAL) {
      int length = Math.min(LITERAL, plain.length - from);
      block.raw(61 << 2).raw(length - 1).raw(length - 1 >> 8);
      block.out.write(plain, from, length);
    }
    return block.done();
  }

  /** A protobuf message in the making. */
  private static final class Message {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message bytes(int field, byte[] value) {
      varint(field << 3 | BYTES).varint(value.length);
      out.writeBytes(value);
      return this;
    }

    Message number(int field, double value) {
      varint(field << 3 | FIXED64);
      out.writeBytes(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
      return this;
    }

    Message whole(int field, long value) {
      return varint(field << 3 | VARINT).varint(value);
    }

    Message varint(long value) {
      long rest = value;
      while (rest >>> 7 != 0) {
        raw((int) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      return raw((int) rest);
    }

    Message raw(int value) {
      out.write(value);
      return this;
    }

    byte[] done() {
      return out.toByteArray();
    }
  }
}
