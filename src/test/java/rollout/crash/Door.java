package rollout.crash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * The door of a GitLab: every request comes through it, one on each connection, and somebody
 * watches it. It is where a request has left its process and has not arrived.
 */
final class Door implements AutoCloseable {
  private final URI inside;
  private final Watcher watcher;
  private final ServerSocket server;
  private volatile Duration patience = Duration.ZERO;

  /** Who stands at the door; called on the connection's own thread. */
  interface Watcher {
    /** Somebody has connected and said nothing yet. */
    default void connected() {}

    /**
     * A request has arrived at the door.
     *
     * @return whether it may go in
     */
    boolean arrived(Call call);

    /** GitLab has answered, and nobody has the answer. */
    default void done(Call call) {}

    /** The answer has left. */
    default void answered(Call call) {}
  }

  /**
   * A request.
   *
   * @param line method and path
   * @param form the body as sent, empty for a question
   */
  record Call(String line, String form) {
    boolean isWrite() {
      return !line.startsWith("GET");
    }
  }

  Door(URI inside, Watcher watcher) {
    this.inside = inside;
    this.watcher = watcher;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    Threads.begin("door", this::listen);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** From now on a connection on which nothing is said for so long is closed; zero = never. */
  void closeIdleAfter(Duration idle) {
    patience = idle;
  }

  private void listen() {
    try {
      while (true) {
        Socket visitor = server.accept();
        Threads.begin("door", () -> serve(visitor));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void serve(Socket visitor) {
    try (visitor) {
      visitor.setTcpNoDelay(true);
      visitor.setSoTimeout((int) patience.toMillis());
      watcher.connected();
      byte[] request = request(visitor.getInputStream());
      Call call = call(request);
      if (call == null || !watcher.arrived(call)) {
        return;
      }
      byte[] answer = ask(request);
      watcher.done(call);
      visitor.getOutputStream().write(answer);
      visitor.getOutputStream().flush();
      watcher.answered(call);
    } catch (SocketTimeoutException idle) {
      return;
    } catch (IOException killed) {
      return;
    }
  }

  private byte[] ask(byte[] request) throws IOException {
    try (Socket gitLab = new Socket(inside.getHost(), inside.getPort())) {
      gitLab.setTcpNoDelay(true);
      gitLab.getOutputStream().write(closing(request));
      gitLab.getOutputStream().flush();
      return closing(gitLab.getInputStream().readAllBytes());
    }
  }

  /** The same message, after which the connection is closed. */
  private static byte[] closing(byte[] message) {
    String text = latin(message).replaceAll("(?i)\r\nConnection: [^\r]*", "");
    return text.replaceFirst("\r\n", "\r\nConnection: close\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] request(InputStream from) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int missing = -1;
    while (missing != 0) {
      int next = from.read();
      if (next < 0) {
        return new byte[0];
      }
      bytes.write(next);
      if (missing > 0) {
        missing--;
      } else if (next == '\n' && latin(bytes.toByteArray()).endsWith("\r\n\r\n")) {
        missing = length(latin(bytes.toByteArray()));
      }
    }
    return bytes.toByteArray();
  }

  private static int length(String head) {
    return head.lines()
        .map(line -> line.toLowerCase(Locale.ROOT))
        .filter(line -> line.startsWith("content-length:"))
        .map(line -> Integer.parseInt(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  private static Call call(byte[] request) {
    String text = latin(request);
    int head = text.indexOf("\r\n\r\n");
    if (head < 0) {
      return null;
    }
    String[] first = text.substring(0, text.indexOf("\r\n")).split(" ");
    return new Call(first[0] + " " + first[1], text.substring(head + 4));
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
