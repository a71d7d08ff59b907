package rollout.crash;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.sqlite.JDBC;
import org.sqlite.util.OSInfo;
import rollout.cli.Main;
import rollout.crash.child.WatchedDriver;

/**
 * The real program as it is started over and over: as jars, because only their classes can be kept
 * in an archive that the JVM starts from, with a {@link WatchedDriver} in the place of SQLite's
 * driver.
 */
final class ChildProgram {
  private final Path directory;
  private final String classPath;
  private final Path archive;

  private ChildProgram(Path directory, String classPath) {
    this.directory = directory;
    this.classPath = classPath;
    this.archive = directory.resolve("classes.jsa");
  }

  /** Makes the jars out of the classes of this test run. */
  static ChildProgram in(Path directory) {
    try {
      Path driver =
          jar(directory.resolve("driver.jar"), home(WatchedDriver.class), "rollout/crash/child");
      Path program = jar(directory.resolve("rollout.jar"), home(Main.class), "");
      Path front = jar(directory.resolve("front.jar"), standIn(directory), "");
      unpackLibrary(directory);
      List<String> path =
          new ArrayList<>(List.of(front.toString(), driver.toString(), program.toString()));
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
          .filter(entry -> entry.endsWith(".jar"))
          .forEach(path::add);
      return new ChildProgram(directory, String.join(File.pathSeparator, path));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Path home(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  /** The program makes its driver by name: a class of that name is put in front of SQLite's. */
  private static Path standIn(Path directory) throws IOException {
    Path source = Files.createDirectories(directory.resolve("front")).resolve("JDBC.java");
    Files.writeString(
        source,
        "package org.sqlite; public final class JDBC extends "
            + WatchedDriver.class.getName()
            + " {}");
    Path classes = Files.createDirectories(directory.resolve("front-classes"));
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-classpath",
                home(WatchedDriver.class).toString(),
                "-d",
                classes.toString(),
                source.toString());
    if (failed != 0) {
      throw new IOException("the stand-in for SQLite's driver does not compile");
    }
    return classes;
  }

  private static Path jar(Path jar, Path classes, String below) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file);
        Stream<Path> found = Files.walk(classes.resolve(below))) {
      for (Path one : found.filter(Files::isRegularFile).sorted().toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(one).toString()));
        Files.copy(one, entries);
      }
    }
    return jar;
  }

  /** Otherwise each process unpacks it anew, and one that is killed leaves it behind. */
  private static void unpackLibrary(Path directory) throws IOException {
    String name = System.mapLibraryName("sqlitejdbc");
    String resource =
        "/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + name;
    try (InputStream library = JDBC.class.getResourceAsStream(resource)) {
      Files.copy(library, directory.resolve(name));
    }
  }

  /** A command line that starts from the archive once there is one. */
  List<String> java(Overseer overseer) {
    return java(
        overseer, Files.exists(archive) ? "-XX:SharedArchiveFile=" + archive : "-Xshare:auto");
  }

  /** One that leaves the archive behind when it ends. */
  List<String> javaThatArchives(Overseer overseer) {
    return java(overseer, "-XX:ArchiveClassesAtExit=" + archive);
  }

  /** The launcher's options, and where to tell of writes. */
  private List<String> java(Overseer overseer, String sharing) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xlog:disable",
        "-Xlog:all=error:stderr",
        sharing,
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
        "-Dorg.sqlite.lib.path=" + directory,
        "-D" + WatchedDriver.PORT + "=" + overseer.port(),
        "-cp",
        classPath,
        Main.class.getName());
  }
}
