package rollout.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Says what is wrong with the address of a server; never repeats it, it may hold a password. */
final class Urls {
  private Urls() {}

  /** Empty for an http(s) address with a host, and for one that is only known at run time. */
  static Optional<String> complaint(String text) {
    Optional<String> malformed = Variables.malformed(text);
    if (malformed.isPresent() || Variables.in(text).findAny().isPresent()) {
      return malformed;
    }
    try {
      return complaint(new URI(text));
    } catch (URISyntaxException broken) {
      return Optional.of("not an address: " + broken.getReason());
    }
  }

  private static Optional<String> complaint(URI uri) {
    boolean http = "http".equalsIgnoreCase(uri.getScheme());
    if (!http && !"https".equalsIgnoreCase(uri.getScheme())) {
      return Optional.of("not an http:// or https:// address");
    }
    if (uri.getRawUserInfo() != null) {
      return Optional.of("has a user name in it; addresses end up in logs, use token: or basic:");
    }
    return uri.getHost() == null ? Optional.of("has no host") : Optional.empty();
  }
}
