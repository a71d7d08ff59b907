package rollout.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Hears of every point that watched processes and their GitLabs reach, while they wait, and may do
 * something there. Counts over all processes of one story, so that a process that goes on with
 * another's rollout goes on counting.
 */
final class Overseer implements AutoCloseable {
  private final ServerSocket server;
  private final Map<String, Integer> times = new HashMap<>();
  private final Map<Point, Runnable> actions = new HashMap<>();
  private final Map<String, Runnable> sequels = new HashMap<>();
  private final List<Point> points = new CopyOnWriteArrayList<>();
  private final List<String> durable = new CopyOnWriteArrayList<>();

  Overseer() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    Threads.begin("overseer", this::listen);
  }

  /** Where processes tell of their writes to the state. */
  int port() {
    return server.getLocalPort();
  }

  /** Does this once, while whoever reached the point waits. */
  synchronized void at(Point point, Runnable action) {
    actions.put(point, action);
  }

  /** Does this the next time that it is reached. */
  synchronized void next(Point.Moment moment, String what, Runnable action) {
    at(new Point(moment, what, times.getOrDefault(moment + " " + what, 0) + 1), action);
  }

  /** Does this as soon as an event of this type is durable for so many times; the first is 1. */
  synchronized void once(String type, int time, Runnable action) {
    sequels.put(type + time, action);
  }

  /** Every point so far, in order; a transaction bears the name of its last part. */
  List<Point> points() {
    return points;
  }

  /** The types of the events that are durable, as their processes were told by the state. */
  List<String> durable() {
    return durable;
  }

  /**
   * Somebody is there, and waits for this to return.
   *
   * @param what is written, the parts of one transaction with a plus sign between them
   */
  void reached(Point.Moment moment, String what) {
    List<Runnable> todo = new ArrayList<>();
    synchronized (this) {
      Point point = null;
      for (String part : what.split("\\+")) {
        point = new Point(moment, part, times.merge(moment + " " + part, 1, Integer::sum));
        todo.add(actions.remove(point));
        if (moment == Point.Moment.DURABLE && Character.isUpperCase(part.charAt(0))) {
          durable.add(part);
          todo.add(sequels.remove(part + point.time()));
        }
      }
      points.add(point);
    }
    todo.stream().filter(Objects::nonNull).forEach(Runnable::run);
  }

  private void listen() {
    try {
      while (true) {
        Socket process = server.accept();
        Threads.begin("overseer", () -> hear(process));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void hear(Socket process) {
    try (process) {
      process.setTcpNoDelay(true);
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(" ", 2);
        reached(Point.Moment.valueOf(parts[0]), parts[1]);
        process.getOutputStream().write('\n');
      }
    } catch (IOException killed) {
      return;
    }
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
