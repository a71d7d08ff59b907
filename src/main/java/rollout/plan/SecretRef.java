package rollout.plan;

import java.util.Objects;

/**
 * A reference to a text that is only known when a command needs it: a url, a token, a header that
 * may hold {@code ${NAME}}, or the name of a file to read. Never the value of a secret.
 *
 * <p>Two references are equal when they refer to the same thing, wherever it was written.
 *
 * @param kind how {@code text} is to be read
 * @param text literal text with {@code ${NAME}} for environment variables, or a file name with the
 *     same
 * @param origin where it was written
 */
public record SecretRef(Kind kind, String text, Origin origin) {
  /** How the text of a reference is to be read. */
  public enum Kind {
    /** The value itself once {@code ${NAME}} is filled in. */
    TEXT,
    /** The name of a file that holds the value. */
    FILE,
    /** A literal secret of rollout.yaml that was left out of the journal: read that file again. */
    WITHHELD
  }

  public SecretRef {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(text);
    Objects.requireNonNull(origin);
  }

  /** A text, perhaps with {@code ${NAME}}. */
  public static SecretRef text(String text, Origin origin) {
    return new SecretRef(Kind.TEXT, text, origin);
  }

  /** The name of a file, perhaps with {@code ${NAME}}. */
  public static SecretRef file(String name, Origin origin) {
    return new SecretRef(Kind.FILE, name, origin);
  }

  /** Whether the secret itself stands in the file, with no {@code ${NAME}} and no file name. */
  public boolean isLiteral() {
    return kind == Kind.TEXT && !text.contains("${");
  }

  /** What may be written to the journal in this reference's place: never a literal secret. */
  public SecretRef withheld() {
    return isLiteral() ? new SecretRef(Kind.WITHHELD, "", origin) : this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretRef that && kind == that.kind && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, text);
  }

  /** Never the text: it might hold a literal token. */
  @Override
  public String toString() {
    return isLiteral() ? "***" : text;
  }
}
