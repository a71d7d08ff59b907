package rollout.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import rollout.core.Event;
import rollout.port.Head;

/**
 * One row of the table {@code events}.
 *
 * @param version of the stored form
 * @param body the stored text, to the letter
 * @param hash links it to the row before
 */
record EventRow(
    String rollout, long seq, int version, String type, String at, String body, String hash) {
  private static final HexFormat HEX = HexFormat.of();

  /** The row of an event that follows this head. */
  static EventRow after(Head before, String rollout, Event event) {
    return new EventRow(
            rollout,
            before.seq() + 1,
            EventCodec.VERSION,
            EventCodec.typeOf(event),
            event.at().toString(),
            EventCodec.encode(event),
            "")
        .linkedTo(before.hash());
  }

  /** The same row with the hash that it must have behind this one. */
  EventRow linkedTo(String before) {
    return new EventRow(rollout, seq, version, type, at, body, linkTo(before));
  }

  Head head() {
    return new Head(seq, hash);
  }

  /**
   * SHA-256 over the hash before and every column. Each is preceded by its length in bytes, so that
   * nothing can move from one column to the next.
   */
  String linkTo(String before) {
    MessageDigest digest = sha256();
    for (Object column : new Object[] {before, rollout, seq, version, type, at, body}) {
      byte[] bytes = column.toString().getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
    return HEX.formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java has SHA-256", impossible);
    }
  }
}
