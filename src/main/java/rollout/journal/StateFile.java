package rollout.journal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import rollout.port.PortException;

/**
 * Sees to it that nobody but this user reads or plants the state: the file is 0600, folders that
 * are made for it 0700, modes that are wider are narrowed, and links and other people's files are
 * refused.
 */
final class StateFile {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OURS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  /** SQLite writes to these beside the file. */
  private static final List<String> SUFFIXES = List.of("", "-wal", "-shm", "-journal");

  private StateFile() {}

  /**
   * Makes the file if it is not there.
   *
   * @param file absolute
   * @throws PortException of kind REFUSED when it cannot be made or may not be trusted
   */
  static void prepare(Path file) throws PortException {
    create(file);
    for (String suffix : SUFFIXES) {
      check(file.resolveSibling(file.getFileName() + suffix));
    }
  }

  private static void create(Path file) throws PortException {
    try {
      Files.createDirectories(file.getParent(), PosixFilePermissions.asFileAttribute(FOLDER));
      Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
    } catch (FileAlreadyExistsException there) {
      if (!Files.isDirectory(file.getParent())) {
        throw refused(file, there.getMessage() + " is no folder", "name another file", there);
      }
    } catch (IOException failure) {
      throw refused(
          file,
          "it cannot be made (" + failure + ")",
          "make its folder writable for this user, or name another file",
          failure);
    }
  }

  private static void check(Path file) throws PortException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    PosixFileAttributes found = look(file);
    if (found.isSymbolicLink()) {
      throw refused(file, "it is a symbolic link", "name the file that it points to", null);
    }
    if (!found.isRegularFile()) {
      throw refused(file, "it is not a file", "name a file", null);
    }
    checkOwner(file, found.owner().getName());
    if (!OURS.containsAll(found.permissions())) {
      tighten(file);
    }
  }

  /** A CI system that brings a file back gives it modes of its own. */
  private static void tighten(Path file) throws PortException {
    try {
      Files.setPosixFilePermissions(file, FILE);
    } catch (IOException failure) {
      throw refused(file, "others may use it (" + failure + ")", "run chmod 600 on it", failure);
    }
  }

  /**
   * Only the superuser can open a file of somebody else that nobody else may open, and the
   * superuser always has a name; so a user without one needs no check.
   */
  private static void checkOwner(Path file, String owner) throws PortException {
    String self = ProcessHandle.current().info().user().orElse(owner);
    if (!owner.equals(self)) {
      throw refused(file, "it belongs to " + owner + ", not to " + self, "name another file", null);
    }
  }

  private static PosixFileAttributes look(Path file) throws PortException {
    try {
      return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException failure) {
      throw refused(file, "it cannot be looked at (" + failure + ")", "name another file", failure);
    }
  }

  private static PortException refused(Path file, String what, String remedy, Exception cause) {
    return new PortException(
        PortException.Kind.REFUSED,
        0,
        "Could not keep the state in "
            + file
            + ": "
            + what
            + "; "
            + remedy
            + " (--state sqlite:PATH).",
        cause);
  }
}
