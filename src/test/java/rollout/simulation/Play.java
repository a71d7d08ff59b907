package rollout.simulation;

final class Play {

  public static void main(String[] args) {
    long from = Long.parseLong(args[0]);
    int n = Integer.parseInt(args[1]);
    boolean tells = n == 1;
    Rules rules = args.length > 2 ? Rules.without(Rule.valueOf(args[2])) : Rules.ALL;
    Timeline.Threads threads = new Timeline.Threads();
    Coverage coverage = new Coverage();
    Simulation simulation = new Simulation(threads, rules);
    long begun = System.nanoTime();
    java.util.Map<String, Integer> whats = new java.util.TreeMap<>();
    java.util.Map<String, Long> first = new java.util.TreeMap<>();
    long mark = begun;
    for (long seed = from; seed < from + n; seed++) {
      if (seed > from && (seed - from) % 4000 == 0) {
        long t = System.nanoTime();
        System.out.printf("%.0f/s ", 4000 / ((t - mark) / 1e9));
        mark = t;
      }
      Simulation.Violation v = simulation.play(Scenarios.of(seed), coverage, tells);
      if (v != null && args.length > 2 && !tells) { System.out.println(args[2] + " seed " + seed + ": " + v.what() + " " + v.scenario().toString().replace("\n", ";")); return; }
      if (v != null) {
        String what = v.what().replaceAll("[0-9]+", "#").replaceAll("[(]at.*", "");
        if (what.length() > 110) what = what.substring(0, 110);
        whats.merge(what, 1, Integer::sum);
        first.putIfAbsent(what, seed);
        if (tells) System.out.println(v.scenario() + "\n" + v.story());
      }
    }
    coverage.missed().forEach(System.out::println);
    double s = (System.nanoTime() - begun) / 1e9;
    whats.forEach((w, c) -> System.out.println(c + " x " + w + " first " + first.get(w)));
    System.out.printf("%d in %.2f s, %.0f/s; ended %d%n", n, s, n / s, coverage.rollouts());
  }
}
