package rollout.crash;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a story ended, as far as that must not depend on whether it was broken off.
 *
 * @param code of the command that saw the end
 * @param phase as {@code status} shows it
 * @param gates what is truly in force, by environment
 * @param raises every raise that GitLab has done, by environment
 * @param markers how many markers GitLab has set, by environment
 * @param passed the stages that have passed
 */
record Outcome(
    int code,
    String phase,
    Map<String, String> gates,
    Map<String, List<String>> raises,
    Map<String, Long> markers,
    List<String> passed) {
  static Outcome of(Story story, int code) {
    Map<String, String> gates = new TreeMap<>();
    Map<String, List<String>> raises = new TreeMap<>();
    Map<String, Long> markers = new TreeMap<>();
    for (String environment : story.environments()) {
      gates.put(environment, story.playground().gates(environment).toString());
      raises.put(environment, story.raises(environment));
      markers.put(
          environment, story.writes(environment).stream().filter(Story.Write::isMarker).count());
    }
    return new Outcome(
        code,
        story.playground().status().path("phase").asText(),
        gates,
        raises,
        markers,
        story.playground().passed());
  }
}
