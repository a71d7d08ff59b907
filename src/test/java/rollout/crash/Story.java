package rollout.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import rollout.testing.Ended;
import rollout.testing.Playground;
import rollout.testing.Running;

/**
 * One rollout with its servers, whose processes are watched: they come to GitLab through doors, and
 * tell of their writes to the state.
 */
final class Story implements AutoCloseable {
  private static final List<String> ENVIRONMENTS = List.of("dev", "staging", "production");

  private final Path directory;
  private final ChildProgram program;
  private final Playground playground;
  private final Overseer overseer = new Overseer();
  private final Map<String, Door> doors = new TreeMap<>();
  private final List<Write> writes = new CopyOnWriteArrayList<>();
  private final List<Running> begun = new ArrayList<>();
  private final List<CompletableFuture<Void>> others = new CopyOnWriteArrayList<>();

  /**
   * A write that GitLab has done.
   *
   * @param form as sent, such as {@code value=5&key=percentage_of_actors}
   */
  record Write(Instant at, String environment, String form) {
    boolean isOff() {
      return form.equals("value=false");
    }

    boolean isMarker() {
      return form.contains("user=");
    }
  }

  private Story(Path directory, ChildProgram program, Playground playground) {
    this.directory = directory;
    this.program = program;
    this.playground = playground;
  }

  /**
   * Starts the servers.
   *
   * @param scenario as {@code start --sandbox} takes it
   */
  static Story open(Path directory, ChildProgram program, String plan, String scenario) {
    Playground playground = Playground.open(directory, plan, scenario);
    Story story = new Story(directory, program, playground);
    for (String environment : ENVIRONMENTS) {
      Door door =
          new Door(playground.gitLab(environment).address(), story.new AtTheDoor(environment));
      story.doors.put(environment, door);
      playground.set(environment.toUpperCase(Locale.ROOT) + "_URL", door.url());
    }
    return story;
  }

  /** Begins a command as a watched process. */
  Running begin(String... arguments) {
    return begin(program.java(overseer), arguments);
  }

  /** The same, and what it loads is archived for those that begin after its end. */
  Running beginAndArchive(String... arguments) {
    return begin(program.javaThatArchives(overseer), arguments);
  }

  private synchronized Running begin(List<String> java, String... arguments) {
    Running running = playground.product().begin(java, arguments);
    begun.add(running);
    return running;
  }

  /** The watched process that was begun last. */
  synchronized Running latest() {
    return begun.get(begun.size() - 1);
  }

  /** Whether it is under way. */
  synchronized boolean isDriven() {
    return !begun.isEmpty() && latest().isAlive();
  }

  /** Runs a command in this process, unwatched but for its writes to GitLab. */
  Ended run(String... arguments) {
    return playground.run(arguments);
  }

  /**
   * The same.
   *
   * @throws AssertionError when it ends with another code
   */
  void require(int code, String... arguments) {
    Ended ended = run(arguments);
    if (ended.code() != code) {
      throw new AssertionError(String.join(" ", arguments) + " ended otherwise: " + ended);
    }
  }

  /** Does something beside the watched processes. */
  void beside(Runnable work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    others.add(done);
    Threads.begin(
        "beside",
        () -> {
          try {
            work.run();
            done.complete(null);
          } catch (RuntimeException | AssertionError failed) {
            done.completeExceptionally(failed);
          }
        });
  }

  /** Waits for all that is done beside. */
  void settle() {
    others.forEach(CompletableFuture::join);
  }

  Overseer overseer() {
    return overseer;
  }

  Playground playground() {
    return playground;
  }

  Door door(String environment) {
    return doors.get(environment);
  }

  List<String> environments() {
    return ENVIRONMENTS;
  }

  /** Every write that a GitLab has done, in order. */
  List<Write> writes() {
    return writes;
  }

  /** The same of one GitLab. */
  List<Write> writes(String environment) {
    return writes.stream().filter(write -> write.environment().equals(environment)).toList();
  }

  /** The values of all raises that it has done. */
  List<String> raises(String environment) {
    return writes(environment).stream()
        .filter(write -> !write.isOff() && !write.isMarker())
        .map(Write::form)
        .toList();
  }

  /** Changes rollout.yaml. */
  void edit(String plan) {
    try {
      Files.writeString(directory.resolve("rollout.yaml"), plan);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The file of the state. */
  Path state() {
    return directory.resolve("state").resolve("rollout.db");
  }

  /** The newest rollout's events as they are shown, each as one text. */
  List<String> history() {
    return playground.history().stream().map(Object::toString).toList();
  }

  /** Their types. */
  List<String> types() {
    return playground.history().stream().map(event -> event.path("type").asText()).toList();
  }

  @Override
  public void close() {
    begun.forEach(Running::close);
    doors.values().forEach(Door::close);
    overseer.close();
    playground.close();
  }

  /** Names each request by its environment and form, so that it can be found again. */
  private final class AtTheDoor implements Door.Watcher {
    private final String environment;

    AtTheDoor(String environment) {
      this.environment = environment;
    }

    @Override
    public void connected() {
      overseer.reached(Point.Moment.CONNECTED, environment);
    }

    @Override
    public boolean arrived(Door.Call call) {
      boolean before = isDriven();
      if (call.isWrite()) {
        overseer.reached(Point.Moment.BEFORE, name(call));
      }
      return isDriven() == before;
    }

    @Override
    public void done(Door.Call call) {
      if (call.isWrite()) {
        writes.add(new Write(Instant.now(), environment, call.form()));
      }
      overseer.reached(call.isWrite() ? Point.Moment.UNANSWERED : Point.Moment.ASKED, name(call));
    }

    @Override
    public void answered(Door.Call call) {
      if (call.isWrite()) {
        overseer.reached(Point.Moment.ANSWERED, name(call));
      }
    }

    private String name(Door.Call call) {
      return environment + " " + (call.isWrite() ? call.form() : call.line());
    }
  }
}
