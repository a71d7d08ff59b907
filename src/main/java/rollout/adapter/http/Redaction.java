package rollout.adapter.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Takes known secrets out of any text: as they are, and as a URL or a form would write them. */
public final class Redaction {
  /** Anything shorter is no secret, such as a tenant "1", and would make messages unreadable. */
  private static final int SHORTEST = 4;

  private final List<String> forms;

  /** Knows these secrets, and no others. */
  public Redaction(Collection<Secret> secrets) {
    forms =
        secrets.stream()
            .map(Secret::reveal)
            .filter(value -> value.length() >= SHORTEST)
            .flatMap(value -> Stream.of(value, URLEncoder.encode(value, StandardCharsets.UTF_8)))
            .distinct()
            // the longest first: a shorter one may be part of it
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** The text with {@code ***} in place of each secret; null stays null. */
  public String apply(String text) {
    String shown = text;
    for (String form : shown == null ? List.<String>of() : forms) {
      shown = shown.replace(form, Secret.SHOWN);
    }
    return shown;
  }
}
