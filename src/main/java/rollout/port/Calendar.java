package rollout.port;

import java.time.Instant;
import java.util.List;
import rollout.core.Obstacle;

/**
 * What else goes on in an environment, as its people wrote it down. Nothing found is only ever said
 * of a project that can be seen; holds no state of its own: every call asks the server.
 */
public interface Calendar {
  /**
   * The open incidents of a project, each once.
   *
   * @param project its path, such as {@code gitlab-org/gitlab}
   * @param labels open issues with any of them; every open issue of type incident when empty
   * @throws PortException when it could not be read as a whole; kind UNKNOWN never occurs
   */
  List<Obstacle> incidents(String project, List<String> labels) throws PortException;

  /**
   * The deploy freezes of a project that are in force. One that cannot be understood counts as in
   * force, and its text says so.
   *
   * @param project its path, such as {@code gitlab-org/gitlab}
   * @throws PortException when they could not be read as a whole; kind UNKNOWN never occurs
   */
  List<Obstacle> freezes(String project, Instant at) throws PortException;
}
