package rollout.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever stands in a file, the reader answers with problems and never throws. The seed of a
 * failure is in its message; {@code -Drollout.seed=N} replays it, {@code -Drollout.rounds=N} tries
 * more of them.
 */
class FuzzTest {
  private static final int ROUNDS = Integer.getInteger("rollout.rounds", 3000);
  private static final String SIGNS = "{}[]:,-&*!|>'\"#%@`\t\n\\ \0\u2028\ud83d\ude00\ud83d$?=0x~<";
  private static final List<String> FILES =
      List.of(Texts.resource("contract.yaml"), Texts.repository("rollout.yaml"));

  @Test
  void brokenFilesGiveProblems() {
    long first = Long.getLong("rollout.seed", 20261122L);
    boolean replay = Long.getLong("rollout.seed") != null;
    long last = replay ? first : first + ROUNDS - 1;
    for (long seed = first; seed <= last; seed++) {
      String text = mutated(new Random(seed));
      PlanFile file = read(seed, text);
      boolean errors = !file.problems(Severity.ERROR).isEmpty();
      assertEquals(errors, file.plan().isEmpty(), "seed " + seed);
      for (Problem problem : file.problems()) {
        boolean placed = problem.origin().line() >= 1 && problem.origin().column() >= 1;
        assertTrue(placed && !problem.message().isBlank(), "seed " + seed + ": " + problem);
        assertTrue(problem.toString().lines().count() == 1, "seed " + seed + ": " + problem);
      }
    }
  }

  private static PlanFile read(long seed, String text) {
    try {
      return PlanReader.read("fuzz.yaml", text);
    } catch (RuntimeException | StackOverflowError thrown) {
      throw new AssertionError("seed " + seed + " made the reader throw", thrown);
    }
  }

  private static String mutated(Random random) {
    StringBuilder text = new StringBuilder(FILES.get(random.nextInt(FILES.size())));
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      change(text, random);
    }
    return text.toString();
  }

  private static void change(StringBuilder text, Random random) {
    if (text.isEmpty()) {
      return;
    }
    int from = random.nextInt(text.length());
    int to = Math.min(text.length(), from + 1 + random.nextInt(30));
    switch (random.nextInt(6)) {
      case 0 -> text.delete(from, to);
      case 1 -> text.insert(from, SIGNS.charAt(random.nextInt(SIGNS.length())));
      case 2 -> text.setCharAt(from, SIGNS.charAt(random.nextInt(SIGNS.length())));
      case 3 -> text.insert(random.nextInt(text.length()), text.substring(from, to));
      case 4 -> word(text, random, from);
      default -> text.setLength(Math.max(1, from));
    }
  }

  /** Swaps a value for one that means something else. */
  private static void word(StringBuilder text, Random random, int from) {
    List<String> words =
        List.of("0", "-1", "9999999999999999999", "on", "{}", "[]", "~", "5%", "1d");
    int colon = text.indexOf(": ", from);
    int end = colon < 0 ? -1 : text.indexOf("\n", colon);
    if (end > 0) {
      int comma = text.indexOf(",", colon);
      int stop = comma > 0 && comma < end ? comma : end;
      text.replace(colon + 2, stop, words.get(random.nextInt(words.size())));
    }
  }
}
