package rollout.adapter.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.adapter.http.HttpAnswer;
import rollout.adapter.http.HttpAsk;
import rollout.adapter.http.HttpEndpoint;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.Gate;
import rollout.port.FlagView;
import rollout.port.Flags;
import rollout.port.PortException;

/**
 * The flags of one GitLab, over its Features API. Full and off are sent as {@code true} and {@code
 * false}, never as 100 and 0: only those mean the same to every version of GitLab.
 */
public final class GitLabFlags implements Flags {
  private static final String[] FEATURES = {"api", "v4", "features"};
  private static final String VALUE = "value";

  private final HttpEndpoint server;
  private final GitLabApi api;

  /**
   * @param server the GitLab's base URL with an administrator's token as bearer
   */
  public GitLabFlags(HttpEndpoint server) {
    this.server = server;
    this.api = new GitLabApi(server);
  }

  @Override
  public List<FlagView> list() throws PortException {
    HttpAsk ask = HttpAsk.get(FEATURES);
    List<FlagView> views = new ArrayList<>();
    for (JsonNode entity : readList(ask)) {
      views.add(view(entity, Trouble.reading(server, ask)));
    }
    return views;
  }

  @Override
  public FlagView read(FlagName flag) throws PortException {
    HttpAsk ask = HttpAsk.get(FEATURES);
    List<JsonNode> found = named(flag, readList(ask));
    if (found.isEmpty()) {
      return absent(flag);
    }
    if (found.size() > 1) {
      throw Trouble.reading(server, ask)
          .with(new IllegalArgumentException("it lists " + flag + " more than once"));
    }
    return view(found.get(0), Trouble.reading(server, ask));
  }

  @Override
  public Optional<FlagView> raise(FlagName flag, Gate gate, Exposure exposure, LastCheck last)
      throws PortException {
    if (exposure.isOff()) {
      throw new IllegalArgumentException("a raise to off is none: switch off instead");
    }
    HttpAsk ask = post(flag);
    return widen(
        flag,
        exposure.isFull()
            ? ask.field(VALUE, "true")
            : ask.field(VALUE, exposure.share().number()).field("key", gate.key()),
        last);
  }

  @Override
  public Optional<FlagView> mark(FlagName flag, User user, LastCheck last) throws PortException {
    return widen(flag, post(flag).field(VALUE, "true").field("user", user.username()), last);
  }

  @Override
  public FlagView switchOff(FlagName flag) throws PortException {
    HttpAsk ask = post(flag).field(VALUE, "false");
    return named(flag, api.write(ask), Trouble.writing(server, ask));
  }

  @Override
  public User whoAmI() throws PortException {
    HttpAsk ask = HttpAsk.get("api", "v4", "user");
    JsonNode user = api.read(ask);
    String name = user.path("username").asText();
    // a name with a comma would be several users to GitLab
    if (!user.path("id").canConvertToLong() || !name.matches("[A-Za-z0-9_.-]+")) {
      throw Trouble.reading(server, ask)
          .with(new IllegalArgumentException("it shows no user with id and username"));
    }
    return new User(user.path("id").asLong(), name);
  }

  private static HttpAsk post(FlagName flag) {
    return HttpAsk.post("api", "v4", "features", flag.value());
  }

  private Optional<FlagView> widen(FlagName flag, HttpAsk ask, LastCheck last)
      throws PortException {
    Optional<JsonNode> answer = api.write(ask, last);
    return answer.isPresent()
        ? Optional.of(named(flag, answer.get(), Trouble.writing(server, ask)))
        : Optional.empty();
  }

  private static FlagView named(FlagName flag, JsonNode answer, Trouble trouble)
      throws PortException {
    FlagView view = view(answer, trouble);
    if (!view.name().equals(flag.value())) {
      throw trouble.with(
          new IllegalArgumentException(
              "it is about a flag named \"" + HttpAnswer.oneLine(view.name()) + "\", not " + flag));
    }
    return view;
  }

  private JsonNode readList(HttpAsk ask) throws PortException {
    JsonNode list = api.read(ask);
    if (!list.isArray()) {
      throw Trouble.reading(server, ask).with(new IllegalArgumentException("it is no list"));
    }
    return list;
  }

  /** A flag that is not persisted follows its definition. Gitaly's flags have none in GitLab. */
  private FlagView absent(FlagName flag) throws PortException {
    FlagView absent = FlagView.absent(flag.value());
    if (flag.isGitaly()) {
      return absent;
    }
    boolean defaultEnabled =
        named(flag, definitions()).stream()
            .anyMatch(definition -> definition.path("default_enabled").asBoolean(false));
    return new FlagView(absent.name(), absent.state(), false, absent.gates(), defaultEnabled);
  }

  /** Older versions do not have them and answer 404. */
  private Iterable<JsonNode> definitions() throws PortException {
    try {
      return readList(HttpAsk.get("api", "v4", "features", "definitions"));
    } catch (PortException refused) {
      if (refused.status() == 404) {
        return List.of();
      }
      throw refused;
    }
  }

  private static List<JsonNode> named(FlagName flag, Iterable<JsonNode> entities) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode entity : entities) {
      if (entity.path("name").asText().equals(flag.value())) {
        found.add(entity);
      }
    }
    return found;
  }

  private static FlagView view(JsonNode entity, Trouble trouble) throws PortException {
    try {
      return Features.view(entity);
    } catch (IllegalArgumentException strange) {
      throw trouble.with(strange);
    }
  }
}
