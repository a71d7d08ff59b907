package rollout.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollout.plan.Origin;
import rollout.plan.SecretRef;

/** References become values only when asked for, and say where they stand when they cannot. */
class SecretResolverTest {
  private static final Origin PLACE = new Origin("rollout.yaml", 4, 12);

  @TempDir Path folder;

  @Test
  void variablesAreFilledIn() {
    assertEquals("Token a$1b", resolve("Token ${T}", Map.of("T", "a$1b")));
    assertEquals("plain", resolve("plain", Map.of()));
  }

  @Test
  void anUnsetVariableIsNamedWithItsPlace() {
    assertEquals(
        "rollout.yaml:4:12: error: the environment variable T is not set; set it: export T=…",
        refusal("${T}", Map.of()));
    assertEquals(
        "rollout.yaml:4:12: error: the environment variable T is empty; set it: export T=…",
        refusal("${T}", Map.of("T", " ")));
  }

  @Test
  void aValueWithALineBreakIsRefusedAndNotRepeated() {
    String said = refusal("${T}", Map.of("T", "secret\nX-Evil: 1"));
    assertTrue(said.contains("line break"), said);
    assertTrue(!said.contains("secret\n"), said);
  }

  @Test
  void anAddressIsCheckedOnceItIsKnown() {
    SecretResolver resolver =
        new SecretResolver(Map.of("U", "https://x.example//", "BAD", "x.example")::get, folder);
    assertEquals("https://x.example", resolver.resolveUrl(SecretRef.text("${U}", PLACE)));
    ConfigException refused =
        assertThrows(
            ConfigException.class, () -> resolver.resolveUrl(SecretRef.text("${BAD}", PLACE)));
    assertEquals(
        "rollout.yaml:4:12: error: the url that came of ${BAD}: not an http:// or https:// address",
        refused.getMessage());
  }

  @Test
  void aFileOfItsOwnerIsReadWithoutItsLastLineBreak() throws IOException {
    file("token", "abc\n", "rw-------");
    assertEquals("abc", resolver().resolve(SecretRef.file("${NAME}", PLACE)));
  }

  @Test
  void aFileThatOthersCanReadIsRefused() throws IOException {
    Path path = file("token", "abc\n", "rw-r-----");
    assertEquals(
        "rollout.yaml:4:12: error: others can read " + path + "; close it: chmod 600 " + path,
        refusal(SecretRef.file("token", PLACE)));
  }

  @Test
  void whatIsNoFileWithASecretIsRefused() throws IOException {
    file("empty", "\n", "rw-------");
    assertTrue(refusal(SecretRef.file("empty", PLACE)).contains("is empty"));
    assertTrue(refusal(SecretRef.file("nowhere", PLACE)).contains("there is no regular file"));
    assertTrue(refusal(SecretRef.file(".", PLACE)).contains("there is no regular file"));
    assertTrue(refusal(SecretRef.file("a\0b", PLACE)).contains("cannot read the file"));
  }

  @Test
  void aSecretThatTheJournalLeftOutHasToBeGivenAgain() {
    assertTrue(refusal(SecretRef.text("glpat", PLACE).withheld()).contains("--config"));
  }

  private SecretResolver resolver() {
    return new SecretResolver(Map.of("NAME", "token")::get, folder);
  }

  private String resolve(String text, Map<String, String> environment) {
    return new SecretResolver(environment::get, folder).resolve(SecretRef.text(text, PLACE));
  }

  private String refusal(String text, Map<String, String> environment) {
    return assertThrows(ConfigException.class, () -> resolve(text, environment)).getMessage();
  }

  private String refusal(SecretRef reference) {
    return assertThrows(ConfigException.class, () -> resolver().resolve(reference)).getMessage();
  }

  private Path file(String name, String content, String permissions) throws IOException {
    Path path = Files.writeString(folder.resolve(name), content);
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
