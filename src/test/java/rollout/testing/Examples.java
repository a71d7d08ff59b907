package rollout.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An example body of a vendor, as the shared data describe it.
 *
 * @param name of its file, without folders
 * @param status of the answer; 500 where the vendor's description says "default"
 */
public record Examples(String name, int status, Map<String, String> headers, String body) {
  private static final String SCHEMAS = "data/schemas/";

  /** All examples of a vendor. The test is skipped loudly where there are none. */
  public static List<Examples> of(String vendor) {
    try {
      JsonNode index = new ObjectMapper().readTree(Shared.require(SCHEMAS + "index.json").toFile());
      List<Examples> examples = new ArrayList<>();
      for (JsonNode entry : index) {
        if (entry.path("file").asText().startsWith(vendor + "/")) {
          examples.add(read(entry));
        }
      }
      return examples;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Examples read(JsonNode entry) throws IOException {
    String file = entry.path("file").asText();
    Map<String, String> headers = new TreeMap<>();
    entry.path("headers").properties().forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
    return new Examples(
        file.substring(file.lastIndexOf('/') + 1),
        entry.path("status").asInt(500),
        headers,
        Files.readString(Shared.require(SCHEMAS + file)));
  }
}
