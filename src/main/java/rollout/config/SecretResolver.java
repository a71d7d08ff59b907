package rollout.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import rollout.plan.SecretRef;

/** Turns references into values, when a command first needs that server. */
public final class SecretResolver {
  private static final long LARGEST = 64 * 1024;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Function<String, String> environment;
  private final Path directory;

  /**
   * @param environment the value of a variable by its name, null when it is not set
   * @param directory what the names of files are relative to
   */
  public SecretResolver(Function<String, String> environment, Path directory) {
    this.environment = environment;
    this.directory = directory;
  }

  /**
   * The value that a reference stands for.
   *
   * @throws ConfigException with file, line and column when a variable is not set or empty, or when
   *     a file is missing, open to others than its owner, empty or larger than 64 KiB
   */
  public String resolve(SecretRef reference) {
    String value = value(reference);
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw refused(reference, "the value has a line break or a control character in it");
    }
    return value;
  }

  /**
   * The address that a reference stands for, without a slash at its end.
   *
   * @throws ConfigException as {@link #resolve}, and when it is no http(s) address
   */
  public String resolveUrl(SecretRef reference) {
    String url = resolve(reference);
    Urls.complaint(url)
        .ifPresent(
            complaint -> {
              throw refused(
                  reference, "the url that came of " + reference.text() + ": " + complaint);
            });
    return url.replaceAll("/+$", "");
  }

  private String value(SecretRef reference) {
    return switch (reference.kind()) {
      case TEXT -> text(reference);
      case FILE -> file(reference);
      case WITHHELD ->
          throw refused(
              reference,
              "this secret stood in the file itself, so the journal does not have it; give the same"
                  + " file again with --config");
    };
  }

  private String text(SecretRef reference) {
    Matcher matcher = Variables.REFERENCE.matcher(reference.text());
    StringBuilder value = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(
          value, Matcher.quoteReplacement(variable(reference, matcher.group(1))));
    }
    return matcher.appendTail(value).toString();
  }

  private String variable(SecretRef reference, String name) {
    String value = environment.apply(name);
    if (value == null || value.isBlank()) {
      String state = value == null ? "is not set" : "is empty";
      throw refused(
          reference,
          "the environment variable " + name + " " + state + "; set it: export " + name + "=…");
    }
    return value;
  }

  private String file(SecretRef reference) {
    String name = text(reference);
    try {
      return content(reference, directory.resolve(name));
    } catch (IOException | InvalidPathException unreadable) {
      throw refused(reference, "cannot read the file " + name + ": " + unreadable.getMessage());
    }
  }

  private String content(SecretRef reference, Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw refused(reference, "there is no regular file " + path + "; put the secret into one");
    }
    // Where files have no such bits nothing can be said about them.
    if (Files.getFileStore(path).supportsFileAttributeView("posix")
        && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path))) {
      throw refused(reference, "others can read " + path + "; close it: chmod 600 " + path);
    }
    if (Files.size(path) > LARGEST) {
      throw refused(reference, path + " is larger than 64 KiB; that is no secret");
    }
    String value = Files.readString(path).replaceAll("[\\r\\n]+$", "");
    if (value.isBlank()) {
      throw refused(reference, path + " is empty; put the secret into it");
    }
    return value;
  }

  private static ConfigException refused(SecretRef reference, String message) {
    return new ConfigException(List.of(new Problem(Severity.ERROR, reference.origin(), message)));
  }
}
