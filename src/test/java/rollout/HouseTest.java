package rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The floors: a package imports what its row of the table says, and nothing else. */
class HouseTest {
  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("rollout");
  private static final JavaClasses FIXTURE =
      new ClassFileImporter().importPackages("rollout.fixture");

  @Test
  void everyPackageImportsOnlyWhatItsRowAllows() {
    assertNone(new House("rollout").wrongImports(PROGRAM));
  }

  @Test
  void clockRandomnessEnvironmentAndTerminalComeInFromCli() {
    assertNone(new House("rollout").wrongUses(PROGRAM));
  }

  @Test
  void findsAWrongImport() {
    List<String> wrong = new House("rollout.fixture").wrongImports(FIXTURE);
    assertMentions(wrong, "org.slf4j.Logger", "rollout.fixture.judge.Neighbour", "java.sql");
    assertTrue(wrong.stream().noneMatch(line -> line.contains("Tidy")), wrong::toString);
    assertTrue(wrong.stream().anyMatch(line -> line.contains("Offender.java:")), wrong::toString);
  }

  @Test
  void findsAPackageWithoutARow() {
    List<String> wrong = new House("rollout").wrongImports(FIXTURE);
    assertMentions(wrong, "rollout.fixture.engine.Tidy lies in a package");
  }

  @Test
  void findsAClockARandomNumberAnEnvironmentAndATerminal() {
    List<String> wrong = new House("rollout.fixture").wrongUses(FIXTURE);
    assertMentions(
        wrong,
        "java.time.Instant.now",
        "java.lang.System.nanoTime",
        "java.lang.System.getenv",
        "java.util.Random.<init>()",
        "java.util.UUID.randomUUID",
        "java.lang.System.out");
    assertEquals(7, wrong.size(), () -> String.join("\n", wrong));
  }

  private static void assertMentions(List<String> lines, String... parts) {
    for (String part : parts) {
      assertTrue(
          lines.stream().anyMatch(line -> line.contains(part)),
          () -> part + " is in none of:\n" + String.join("\n", lines));
    }
  }

  private static void assertNone(List<String> wrong) {
    assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
  }
}
