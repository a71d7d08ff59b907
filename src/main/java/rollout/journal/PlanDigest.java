package rollout.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import rollout.plan.Plan;

/**
 * A plan's fingerprint: equal for plans that the journal stores alike, wherever in their files the
 * parts stand, and never of a secret, which the journal does not store.
 */
public final class PlanDigest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PlanDigest() {}

  /** SHA-256 of the stored form, as 64 hexadecimal digits. */
  public static String of(Plan plan) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = MAPPER.getFactory().createGenerator(text)) {
      PlanForms.PLAN.write(json, plan);
      json.flush();
      return HexFormat.of().formatHex(sha256(withoutOrigins(text.toString())));
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
  }

  private static String withoutOrigins(String stored) throws IOException {
    JsonNode json = MAPPER.readTree(stored);
    for (JsonNode holder : json.findParents("origin")) {
      if (holder.path("origin").has("file")) {
        ((ObjectNode) holder).remove("origin");
      }
    }
    return json.toString();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
