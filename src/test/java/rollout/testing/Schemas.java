package rollout.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Holds bodies against the schemas of the servers they imitate. */
public final class Schemas {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private Schemas() {}

  /**
   * Fails unless the body fits.
   *
   * @param schema such as {@code prometheus/query.schema.json}
   */
  public static void assertFits(String schema, String body) throws IOException {
    String text = Files.readString(Shared.require("data/schemas/" + schema));
    assertEquals(List.of(), REGISTRY.getSchema(text).validate(body, InputFormat.JSON), () -> body);
  }
}
