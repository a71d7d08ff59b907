package rollout;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules of the house, held against compiled classes below one root package. */
final class House {
  private static final String JACKSON = "com.fasterxml.jackson";
  private static final String JDBC = "java.sql";
  private static final String HTTP_SERVER = "com.sun.net.httpserver";
  private static final String SLF4J = "org.slf4j";
  private static final String EVERYTHING = "";

  private static final List<String> FLOOR_0 = List.of("plan", "judge", "core");
  private static final List<String> FLOORS_0_1 = and(FLOOR_0, "port");
  private static final List<String> FLOORS_0_2 =
      and(FLOORS_0_1, "config", "adapter", "journal", "report", "engine", "sandbox");

  /** Which packages and libraries a package may import; more than {@code java.*} and itself. */
  private record Row(String name, List<String> packages, List<String> libraries) {}

  private static final List<Row> TABLE =
      List.of(
          new Row("plan", List.of(), List.of()),
          new Row("judge", List.of("plan"), List.of()),
          new Row("core", List.of("plan", "judge"), List.of()),
          new Row("port", FLOOR_0, List.of(SLF4J)),
          new Row("config", FLOOR_0, List.of(SLF4J, JACKSON)),
          new Row(
              "adapter.http",
              List.of(),
              List.of(SLF4J, JACKSON, "okhttp3", "okio", "kotlin", "javax.net")),
          adapter("gitlab", "com.cronutils"),
          adapter("prometheus"),
          adapter("sentry"),
          adapter("elasticsearch"),
          adapter("alertmanager"),
          adapter("slack"),
          adapter("grafana"),
          adapter("pagerduty"),
          adapter("webhook"),
          adapter("traces"),
          new Row(
              "journal", FLOORS_0_1, List.of(SLF4J, JACKSON, JDBC, "org.sqlite", "org.postgresql")),
          new Row("report", FLOORS_0_1, List.of(SLF4J, JACKSON, "org.knowm.xchart")),
          new Row("engine", FLOORS_0_1, List.of(SLF4J)),
          new Row("sandbox", FLOORS_0_1, List.of(SLF4J, JACKSON, HTTP_SERVER)),
          new Row("rehearsal", FLOORS_0_2, List.of(SLF4J)),
          new Row(
              "serve", FLOORS_0_2, List.of(SLF4J, "com.github.kagkarlsson.scheduler", HTTP_SERVER)),
          new Row("cli", List.of(), List.of(EVERYTHING)));

  /** What only {@code cli} may reach for: it comes in as a port everywhere else. */
  private static final Pattern OUTSIDE_WORLD =
      Pattern.compile(
          "java\\.time\\.\\w+\\.now\\(.*"
              + "|java\\.time\\.(Clock|InstantSource)\\.(system|tick)\\w*\\(.*"
              + "|java\\.lang\\.System\\.(currentTimeMillis|nanoTime|getenv)\\(.*"
              + "|java\\.lang\\.System\\.(out|err|in)"
              + "|java\\.lang\\.Math\\.random\\(.*"
              + "|java\\.util\\.Random\\.<init>\\(\\)"
              + "|java\\.util\\.concurrent\\.ThreadLocalRandom\\.current\\(.*"
              + "|java\\.security\\.SecureRandom\\.<init>\\(.*"
              + "|java\\.util\\.UUID\\.randomUUID\\(.*");

  private final String root;

  House(String root) {
    this.root = root;
  }

  /** Every import that the table forbids, with its line. */
  List<String> wrongImports(JavaClasses classes) {
    List<String> wrong = new ArrayList<>();
    for (JavaClass one : classes) {
      Optional<Row> row = row(one.getPackageName());
      if (row.isEmpty()) {
        wrong.add(one.getName() + " lies in a package that house.md has no row for");
      } else {
        one.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> !allows(row.get(), dependency))
            .map(Dependency::getDescription)
            .forEach(wrong::add);
      }
    }
    return wrong;
  }

  /** Every use of a clock, of randomness, of the environment or of the terminal, with its line. */
  List<String> wrongUses(JavaClasses classes) {
    return classes.stream()
        .filter(one -> row(one.getPackageName()).filter(row -> row.name.equals("cli")).isEmpty())
        .flatMap(one -> one.getAccessesFromSelf().stream())
        .filter(access -> OUTSIDE_WORLD.matcher(access.getTarget().getFullName()).matches())
        .map(JavaAccess::getDescription)
        .toList();
  }

  private Optional<Row> row(String packageName) {
    return TABLE.stream()
        .filter(row -> isIn(packageName, root + "." + row.name))
        .max(Comparator.comparing(row -> row.name.length()));
  }

  private boolean allows(Row row, Dependency dependency) {
    String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
    if (target.isEmpty() || isIn(target, root + "." + row.name)) {
      return true;
    }
    boolean named =
        Stream.concat(row.packages.stream().map(name -> root + "." + name), row.libraries.stream())
            .anyMatch(name -> isIn(target, name));
    return named || isIn(target, "java") && !isIn(target, JDBC);
  }

  private static Row adapter(String vendor, String... libraries) {
    return new Row(
        "adapter." + vendor,
        and(FLOORS_0_1, "adapter.http"),
        Stream.concat(Stream.of(SLF4J, JACKSON), Stream.of(libraries)).toList());
  }

  private static boolean isIn(String packageName, String parent) {
    return parent.isEmpty() || packageName.equals(parent) || packageName.startsWith(parent + ".");
  }

  private static List<String> and(List<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }
}
