package rollout.port;

/**
 * A place in the history of a rollout, and what seals everything up to it: whoever has noted a head
 * elsewhere notices when the history behind it was changed, or lost.
 *
 * @param seq the sequence number of the last event; 0 when there is none
 * @param hash SHA-256 over that event and all before it, as 64 hexadecimal digits
 */
public record Head(long seq, String hash) {
  /** What the first event of every rollout is chained to. */
  public static final Head START = new Head(0, "0".repeat(64));

  /** Such as {@code 41:9f86d081…}, the hash in full. */
  @Override
  public String toString() {
    return seq + ":" + hash;
  }
}
