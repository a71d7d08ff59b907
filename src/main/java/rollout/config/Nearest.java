package rollout.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
public final class Nearest {
  private Nearest() {}

  /** {@code did you mean "bake"?}, or the list of what is known when nothing is near. */
  public static String suggestion(String written, Collection<String> known) {
    return near(written, known)
        .map(word -> "did you mean \"" + word + "\"?")
        .orElseGet(
            () -> known.isEmpty() ? "there are none" : "known here: " + String.join(", ", known));
  }

  private static Optional<String> near(String written, Collection<String> known) {
    int most = Math.max(1, Math.min(3, written.length() / 3));
    return known.stream()
        .filter(word -> distance(plain(written), plain(word)) <= most)
        .min(Comparator.comparingInt(word -> distance(plain(written), plain(word))));
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** Levenshtein's distance: insertions, deletions and replacements from one to the other. */
  public static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
