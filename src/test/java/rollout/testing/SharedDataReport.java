package rollout.testing;

import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Says last, whenever tests ran, how many of them were skipped for want of the shared data: a green
 * run without the data proves less than it seems to. Found by JUnit through META-INF/services.
 */
public final class SharedDataReport implements LauncherSessionListener {
  private final Count count = new Count();

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    session.getLauncher().registerTestExecutionListeners(count);
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    if (count.anyRan) {
      System.out.println(line(count.skipped.get()));
    }
  }

  private static String line(long skipped) {
    return "shared data: "
        + skipped
        + (skipped == 1 ? " test" : " tests")
        + " skipped for want of it ("
        + Shared.directory().normalize()
        + (Files.isDirectory(Shared.directory()) ? " found)" : " is not there)");
  }

  private static final class Count implements TestExecutionListener {
    private final AtomicLong skipped = new AtomicLong();
    private volatile TestPlan plan;
    private volatile boolean anyRan;

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
      plan = started;
      anyRan = true;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getThrowable().filter(Shared.Missing.class::isInstance).isPresent()) {
        skipped.addAndGet(tests(test));
      }
    }

    /**
     * A container takes all its tests with it; one that would have made its tests counts as one.
     */
    private long tests(TestIdentifier skippedOne) {
      long inside = plan.getDescendants(skippedOne).stream().filter(TestIdentifier::isTest).count();
      return Math.max(1, inside);
    }
  }
}
