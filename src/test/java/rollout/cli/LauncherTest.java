package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher at the top of the repository, beside a build that only looks like one. */
@Timeout(30)
class LauncherTest {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("rollout.basedir", "."), "rollout").toAbsolutePath();
  private static final String SH = "/bin/sh";
  private static final String SHOWS_ITS_ARGUMENTS =
      "#!/bin/sh\necho \"in $PWD\"\nfor argument in \"$@\"; do echo \"<$argument>\"; done\n";

  @TempDir Path directory;
  private Path home;
  private Path java;

  @BeforeEach
  void lookBuilt() throws IOException {
    directory = directory.toRealPath();
    home = Files.createDirectories(directory.resolve("a clone"));
    Files.copy(LAUNCHER, home.resolve("rollout"));
    Files.createDirectories(home.resolve("src/main"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    Files.createDirectories(home.resolve("target/lib"));
    Files.writeString(home.resolve("target/rollout.jar"), "");
    Files.writeString(home.resolve("target/built"), "");
    touch(home.resolve("target/built"), 60);
    java = Files.createDirectories(directory.resolve("jdk/bin"));
    executable(java.resolve("java"), SHOWS_ITS_ARGUMENTS);
  }

  private static void touch(Path file, long secondsAhead) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(secondsAhead)));
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** The output, stderr among it; the last line is the exit code. */
  private List<String> run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    ProcessBuilder builder = new ProcessBuilder(command).directory(elsewhere.toFile());
    builder.environment().put("JAVA_HOME", java.getParent().toString());
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>(text.lines().toList());
    lines.add("exit code " + process.waitFor());
    return lines;
  }

  @Test
  void isAScriptThatShReads() throws Exception {
    assertEquals(List.of("exit code 0"), run(Map.of(), "sh", "-n", LAUNCHER.toString()));
  }

  @Test
  void findsItsHomeThroughALinkAndHandsOnEveryArgument() throws Exception {
    Path link = Files.createDirectories(directory.resolve("bin")).resolve("rollout");
    Files.createSymbolicLink(link, Path.of("..", "a clone", "rollout"));

    List<String> lines =
        run(Map.of(), link.toString(), "abort", "a_flag", "--reason", "it's $HOME");

    assertEquals("in " + directory.resolve("elsewhere"), lines.get(0));
    int main = lines.indexOf("<rollout.cli.Main>");
    assertEquals("<" + home.resolve("target/rollout.jar") + ">", lines.get(main - 1));
    assertEquals(
        List.of("<abort>", "<a_flag>", "<--reason>", "<it's $HOME>", "exit code 0"),
        lines.subList(main + 1, lines.size()));
  }

  @Test
  void handsOnHowItWasCalled() throws Exception {
    executable(java.resolve("java"), "#!/bin/sh\necho \"$ROLLOUT_PROGRAM\"\n");
    String whole = home.resolve("rollout").toString();
    assertEquals(whole, run(Map.of(), whole, "list").get(0));
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("rollout"), Path.of("..", "a clone", "rollout"));
    Map<String, String> path = Map.of("PATH", bin + ":" + System.getenv("PATH"));
    assertEquals("rollout", run(path, SH, "-c", "rollout list").get(0));
    String relative = "../a clone/rollout";
    assertEquals(relative, run(Map.of(), SH, "-c", "'" + relative + "' list").get(0));
  }

  @Test
  void takesTheArchiveOfClassesThatFitsTheJdk() throws Exception {
    Files.writeString(java.getParent().resolve("release"), "JAVA_RUNTIME_VERSION=\"17.0.1+2\"\n");
    Path archive = Files.writeString(home.resolve("target/rollout-17.0.1+2.jsa"), "");

    List<String> lines = run(Map.of(), home.resolve("rollout").toString(), "list");

    assertTrue(lines.contains("<-XX:SharedArchiveFile=" + archive + ">"), lines::toString);
  }

  @Test
  void buildsAgainWhenASourceIsNewerAndSaysWhatIsMissing() throws Exception {
    touch(home.resolve("pom.xml"), 120);
    Path tools = Files.createDirectories(directory.resolve("tools"));
    for (String tool : List.of("dirname", "find", "head", "mkdir", "flock", "readlink")) {
      Path found = Path.of("/usr/bin", tool);
      if (Files.exists(found)) {
        executable(tools.resolve(tool), "#!" + SH + "\nexec " + found + " \"$@\"\n");
      }
    }

    List<String> lines =
        run(Map.of("PATH", tools.toString()), SH, home.resolve("rollout").toString());

    assertTrue(lines.get(0).contains("there is no mvn on PATH"), lines::toString);
    assertEquals("exit code 1", lines.get(1));
  }

  @Test
  void aBuildThatFailsShowsItsLog() throws Exception {
    touch(home.resolve("pom.xml"), 120);
    Path tools = Files.createDirectories(directory.resolve("tools"));
    executable(tools.resolve("mvn"), "#!/bin/sh\necho the disk is full\nexit 1\n");

    List<String> lines =
        run(
            Map.of("PATH", tools + ":" + System.getenv("PATH")),
            home.resolve("rollout").toString(),
            "list");

    assertTrue(lines.contains("the disk is full"), lines::toString);
    assertEquals("exit code 1", lines.get(lines.size() - 1));
  }
}
