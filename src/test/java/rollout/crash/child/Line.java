package rollout.crash.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Tells the test what this process is about to do, and does not go on before it has answered. */
final class Line {
  private final Socket socket;

  private Line(Socket socket) {
    this.socket = socket;
  }

  static Line open() {
    try {
      int port = Integer.getInteger(WatchedDriver.PORT);
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      return new Line(socket);
    } catch (IOException nobody) {
      throw new UncheckedIOException(nobody);
    }
  }

  void say(String moment, String what) {
    try {
      socket.getOutputStream().write((moment + " " + what + "\n").getBytes(StandardCharsets.UTF_8));
      if (socket.getInputStream().read() < 0) {
        throw new IOException("the test is gone");
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
