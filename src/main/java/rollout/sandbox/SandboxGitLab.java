package rollout.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rollout.plan.GateState;

/**
 * A GitLab with nothing but the Features API, who-am-I, the names of actors, and what a {@link
 * SandboxCalendar} knows, on the loopback over real HTTP. Held against recorded answers of GitLab's
 * own code.
 *
 * <p>Beside the API it knows the truth: which gates were in force when, whatever its answers said.
 */
public final class SandboxGitLab implements AutoCloseable {
  private static final String FEATURES = "/api/v4/features";
  private static final Pattern FLAG = Pattern.compile(FEATURES + "/([^/]+)");
  private static final int REMEMBERED_REQUESTS = 10_000;
  private static final Reply NO_ROUTE = Reply.json(404, "error", "404 Not Found");

  private final InstantSource clock;
  private final SandboxWorld world;
  private final SandboxAccess access;
  private final SandboxFlags flags = new SandboxFlags();
  private final SandboxCalendar calendar = new SandboxCalendar();
  private final Faults faults = new Faults();
  private final Deque<SandboxRequest> requests = new ArrayDeque<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private Duration staleness = Duration.ZERO;
  private LoopbackServer server;

  /** With the people and projects of {@link SandboxWorld#standard}. */
  public SandboxGitLab(InstantSource clock) {
    this(clock, SandboxWorld.standard());
  }

  /**
   * @param clock says when changes happened and how old a stale read is
   */
  public SandboxGitLab(InstantSource clock, SandboxWorld world) {
    this.clock = clock;
    this.world = world;
    this.access = new SandboxAccess(world);
  }

  /** Begins to listen. */
  public void start() {
    server = new LoopbackServer("sandbox-gitlab", this::serve);
  }

  /** The base URL that an environment's {@code url} would be. */
  public URI address() {
    return server.address();
  }

  @Override
  public void close() {
    closing.countDown();
    server.close();
  }

  /** Its projects' issues and freeze periods. */
  public SandboxCalendar calendar() {
    return calendar;
  }

  /** The faults that await the next requests. */
  public Faults faults() {
    return faults;
  }

  /**
   * From now on reads show what was true so long ago, as GitLab's caches do for up to 60 s; answers
   * to writes stay fresh.
   */
  public synchronized void readStale(Duration age) {
    staleness = age;
  }

  /** The gates that are truly in force. */
  public synchronized GateState gates(String flag) {
    return flags.now(flag).map(SandboxFlag::gates).orElse(GateState.OFF);
  }

  /** Every change of a flag's true gates, in order; before the first it was off. */
  public synchronized List<GateChange> changes(String flag) {
    return flags.changes(flag);
  }

  /** A person changes a flag behind our back. */
  public synchronized void set(String flag, GateState gates) {
    flags.put(SandboxFlag.of(flag, gates), clock.instant());
  }

  /** The last 10 000 requests, in order of arrival, refused ones too. */
  public synchronized List<SandboxRequest> requests() {
    return List.copyOf(requests);
  }

  private Reply serve(SandboxRequest request) {
    Fault fault = faults.take(request);
    remember(request);
    pass(fault.before());
    Reply proper = answer(request, fault);
    pass(fault.after());
    return fault.instead().orElse(proper);
  }

  private synchronized void remember(SandboxRequest request) {
    if (requests.size() == REMEMBERED_REQUESTS) {
      requests.removeFirst();
    }
    requests.addLast(request);
  }

  private void pass(Duration time) {
    try {
      closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Reply answer(SandboxRequest request, Fault fault) {
    boolean isRead = !request.isWrite();
    return switch (request.path()) {
      case FEATURES -> isRead ? asAdmin(request, this::list) : NO_ROUTE;
      case FEATURES + "/definitions" ->
          isRead ? asAdmin(request, this::definitions) : change(request, fault);
      case "/api/v4/user" -> isRead ? asAnybody(request, () -> user(request)) : NO_ROUTE;
      case "/api/v4/personal_access_tokens/self" ->
          isRead ? asAnybody(request, () -> token(request)) : NO_ROUTE;
      default -> isRead ? asAnybody(request, () -> known(request)) : change(request, fault);
    };
  }

  /** By its number somebody's or something's name, by its path a project of the calendar. */
  private Reply known(SandboxRequest request) {
    return SandboxNames.isAskedFor(request.path())
        ? SandboxNames.answer(world, request.path())
        : calendar.answer(request).orElse(NO_ROUTE);
  }

  private Reply change(SandboxRequest request, Fault fault) {
    Matcher path = FLAG.matcher(request.path());
    if (!path.matches()) {
      return NO_ROUTE;
    }
    // Grape takes everything from the first dot on for a format
    String name = URLDecoder.decode(path.group(1), StandardCharsets.UTF_8).split("\\.", 2)[0];
    return switch (request.method()) {
      case "POST" -> asAdmin(request, () -> set(request, name, fault));
      case "DELETE" -> asAdmin(request, () -> delete(name, fault));
      default -> NO_ROUTE;
    };
  }

  private Reply set(SandboxRequest request, String name, Fault fault) {
    Optional<Reply> unacceptable = FeatureParams.unacceptable(request);
    if (unacceptable.isPresent()) {
      return unacceptable.get();
    }
    SandboxFlag before = flags.now(name).orElse(SandboxFlag.global(name, false));
    FeatureChange change = FeatureChange.of(before, FeatureParams.of(request), world);
    if (change.refusal().isPresent()) {
      return change.refusal().get();
    }
    SandboxFlag after = change.flag().orElseThrow();
    if (fault.applied() && !change.unstored()) {
      flags.put(after, clock.instant());
    }
    return Reply.json(201, after.entity(world.definition(name)));
  }

  private Reply delete(String name, Fault fault) {
    if (fault.applied()) {
      flags.remove(name, clock.instant());
    }
    return Reply.empty(204);
  }

  private Reply list() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    Instant shown = staleness.isZero() ? Instant.MAX : clock.instant().minus(staleness);
    flags.allAt(shown).forEach(flag -> list.add(flag.entity(world.definition(flag.name()))));
    return Reply.json(200, list);
  }

  private Reply definitions() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    list.addAll(world.definitions().values());
    return Reply.json(200, list);
  }

  private Reply user(SandboxRequest request) {
    SandboxToken token = access.token(request).orElseThrow();
    ObjectNode user = JsonNodeFactory.instance.objectNode();
    user.put("id", world.users().get(token.user())).put("username", token.user());
    if (token.administrator()) {
      user.put("is_admin", true);
    }
    return Reply.json(200, user);
  }

  private Reply token(SandboxRequest request) {
    ObjectNode self = JsonNodeFactory.instance.objectNode();
    self.put("id", 1).put("name", "sandbox").put("revoked", false).put("active", true);
    ArrayNode scopes = self.putArray("scopes");
    access.token(request).orElseThrow().scopes().stream().sorted().forEach(scopes::add);
    self.putNull("expires_at");
    return Reply.json(200, self);
  }

  private Reply asAdmin(SandboxRequest request, Supplier<Reply> answer) {
    return access.adminRefusal(request).orElseGet(answer);
  }

  private Reply asAnybody(SandboxRequest request, Supplier<Reply> answer) {
    return access.refusal(request).orElseGet(answer);
  }
}
