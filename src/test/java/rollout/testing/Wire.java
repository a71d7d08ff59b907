package rollout.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The network between a program and a server, on loopback: it may fall dead, so that nothing comes
 * back and nobody says so.
 */
public final class Wire implements AutoCloseable {
  private static final int PIECE = 64 * 1024;

  private final ServerSocket door;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile String deadly = "";
  private volatile boolean dead;

  private Wire(ServerSocket door, int target) {
    this.door = door;
    this.target = target;
  }

  /** A wire to a server on this port of this machine. */
  public static Wire to(int target) {
    try {
      Wire wire = new Wire(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
      inBackground(wire::accept);
      return wire;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Where it begins. */
  public int port() {
    return door.getLocalPort();
  }

  /** From now on nothing comes back. */
  public void die() {
    dead = true;
  }

  /** What holds this text is still delivered; nothing comes back after it. */
  public void dieAfter(String text) {
    deadly = text;
  }

  /** New connections work again; those of before stay dead. */
  public void heal() {
    deadly = "";
    sockets.forEach(Wire::shut);
    sockets.clear();
    dead = false;
  }

  private void accept() throws IOException {
    while (true) {
      Socket near = door.accept();
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.addAll(List.of(near, far));
      inBackground(() -> pass(near, far, true));
      inBackground(() -> pass(far, near, false));
    }
  }

  private void pass(Socket from, Socket to, boolean there) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] piece = new byte[PIECE];
    for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
      String text = new String(piece, 0, length, StandardCharsets.ISO_8859_1);
      if (there && !deadly.isEmpty() && text.contains(deadly)) {
        dead = true;
      }
      if (there || !dead) {
        out.write(piece, 0, length);
        out.flush();
      }
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException closed) {
      // It is of no use any more.
    }
    sockets.forEach(Wire::shut);
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException closed) {
      // That is what was wanted.
    }
  }

  private static void inBackground(Step step) {
    Thread thread =
        new Thread(
            () -> {
              try {
                step.run();
              } catch (IOException over) {
                // One of the two hung up.
              }
            },
            "wire");
    thread.setDaemon(true);
    thread.start();
  }

  private interface Step {
    void run() throws IOException;
  }
}
