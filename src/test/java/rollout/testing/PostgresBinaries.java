package rollout.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Where the programs {@code initdb}, {@code postgres} and {@code pg_ctl} may be found. */
final class PostgresBinaries {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  private PostgresBinaries() {}

  /**
   * Folders with the programs, the best first: those of the build's own archive, then the system's.
   *
   * @param folder where the archive is unpacked, which any user may read
   */
  static List<Path> folders(Path folder) throws IOException {
    List<Path> folders = new ArrayList<>();
    if (isForThisMachine()) {
      unpack(folder);
      folders.add(folder.resolve("bin"));
    }
    folders.addAll(installed());
    return folders;
  }

  private static boolean isForThisMachine() {
    return System.getProperty("os.name").equals("Linux")
        && System.getProperty("os.arch").equals("amd64")
        && PostgresBinaries.class.getResource(ARCHIVE) != null;
  }

  /** Debian's lie beside the PATH, the newest version last by name. */
  private static List<Path> installed() throws IOException {
    List<Path> found = new ArrayList<>();
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions
            .sorted(Comparator.reverseOrder())
            .map(version -> version.resolve("bin"))
            .forEach(found::add);
      }
    }
    Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(Path::of)
        .forEach(found::add);
    return found.stream().filter(one -> Files.isExecutable(one.resolve("initdb"))).toList();
  }

  private static void unpack(Path folder) throws IOException {
    try (InputStream packed = PostgresBinaries.class.getResourceAsStream(ARCHIVE);
        TarArchiveInputStream files = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry one = files.getNextEntry(); one != null; one = files.getNextEntry()) {
        Path to = folder.resolve(one.getName()).normalize();
        if (one.isDirectory()) {
          Files.createDirectories(to);
        } else if (one.isSymbolicLink()) {
          Files.createSymbolicLink(to, Path.of(one.getLinkName()));
        } else if (!to.toString().endsWith(".a")) {
          Files.createDirectories(to.getParent());
          Files.copy(files, to, StandardCopyOption.REPLACE_EXISTING);
          open(to, (one.getMode() & 0100) != 0);
        }
      }
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.filter(Files::isDirectory).toList()) {
        open(one, true);
      }
    }
  }

  /** Whatever the umask says: another user is to run them. */
  private static void open(Path path, boolean executable) throws IOException {
    String mode = executable ? "rwxr-xr-x" : "rw-r--r--";
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }
}
