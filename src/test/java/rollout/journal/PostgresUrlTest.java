package rollout.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {
  @Test
  void everythingHasItsPlace() {
    PostgresUrl url =
        parse(
            "postgresql://jane:p%40ss+w/rd@db:5433/rollout?sslmode=verify-full&sslrootcert=/ca.pem");
    assertEquals("postgresql://jane@db:5433/rollout", url.shown());
    assertEquals("jdbc:postgresql://db:5433/rollout", url.jdbc());
    assertEquals(
        Map.of(
            "user", "jane",
            "password", "p@ss+w/rd",
            "sslmode", "verify-full",
            "sslrootcert", "/ca.pem"),
        url.settings());
  }

  @Test
  void thePasswordMayStandInTheOptionsOrInTheEnvironment() {
    assertEquals("jane@db", parse("postgres://db/x?user=jane%40db").settings().get("user"));
    assertEquals("a&b", parse("postgres://db/x?password=a%26b").settings().get("password"));
    assertEquals("from-env", parse("postgres://db/x").settings().get("password"));
    assertEquals("mine", parse("postgres://me:mine@db/x").settings().get("password"));
    assertEquals("env-user", parse("postgres://db/x").settings().get("user"));
    assertEquals("postgresql://env-user@a:1,b:2/x", parse("postgresql://a:1,b:2/x").shown());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql:",
        "postgresql://",
        "postgresql://db",
        "postgresql://db/",
        "postgresql:///rollout",
        "postgresql://user:pa%zzss@db/rollout",
      })
  void whatHasNotTheFormIsRefused(String url) {
    assertTrue(PostgresUrl.isOne(url));
    assertTrue(PostgresUrl.parse(url, name -> null).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://me:hush@db/x, postgresql://me:***@db/x",
    "postgresql://me:hu@sh@db/x, postgresql://me:***@db/x",
    "postgresql://me:hu/sh?@db/x?a=b, postgresql://me:***@db/x?a=b",
    "postgres:/me:hush@db, postgres:/me:***@db",
    "me:hush@db/x, me:***@db/x",
    "postgresql://db/x?password=hush&a=b, postgresql://db/x?password=***&a=b",
    "postgresql://me:hush@db/x?sslPassword=hush, postgresql://me:***@db/x?sslPassword=***",
    "postgresql://db:5432/x, postgresql://db:5432/x",
    "postgresql://me@db:5432/x, postgresql://me@db:5432/x",
    "mysql://me:hush@db/x, mysql://me:***@db/x",
  })
  void noPasswordIsShownWhateverTheText(String text, String shown) {
    assertEquals(shown, PostgresUrl.withoutSecrets(text));
    assertEquals(shown, Stores.shown(text));
  }

  private static PostgresUrl parse(String url) {
    Map<String, String> environment = Map.of("PGPASSWORD", "from-env", "PGUSER", "env-user");
    return PostgresUrl.parse(url, environment::get).orElseThrow();
  }
}
