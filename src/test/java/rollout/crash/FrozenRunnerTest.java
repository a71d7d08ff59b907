package rollout.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rollout.testing.Ended;
import rollout.testing.Eventually;
import rollout.testing.Running;

/**
 * A runner that is stopped (SIGSTOP) around its raise to 5 %, for as long as it takes others to end
 * the rollout without it, and then goes on where it was (invariants I1 and I5).
 */
@Timeout(120)
class FrozenRunnerTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String PRODUCTION = "production";
  private static final String RAISE = "value=5&key=percentage_of_actors";

  /** Longer than a connection waits for its request, and much shorter than a request's longest. */
  private static final Duration IDLE = Duration.ofMillis(500);

  @TempDir static Path shared;
  @TempDir Path directory;
  private static ChildProgram program;

  @BeforeAll
  static void make() {
    program = ChildProgram.in(shared);
  }

  /** The last thing it did before it was stopped, within its raise to 5 %. */
  enum Moment {
    INTENT_IS_DURABLE,
    CONNECTION_IS_OPEN,
    FLAG_WAS_READ,
    LAST_CHECK_PASSED
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotSentBeforeAnAbortIsNeverSent(Moment moment) {
    try (Story story = open()) {
      freezeAt(story, moment, () -> story.require(0, "abort", FLAG, "--reason", "pager"));

      Ended ended = story.begin("start", FLAG).end(SOON);

      story.settle();
      assertEquals(21, ended.code(), ended::toString);
      assertEquals(List.of(), story.raises(PRODUCTION));
      assertOffAndSealed(story);
    }
  }

  @Test
  void theSealOutlivesARaiseThatWasOnItsWay() {
    try (Story story = open()) {
      Point onItsWay = new Point(Point.Moment.BEFORE, PRODUCTION + " " + RAISE, 1);
      CountDownLatch off = new CountDownLatch(1);
      story
          .overseer()
          .at(new Point(Point.Moment.ANSWERED, PRODUCTION + " value=false", 1), off::countDown);
      story
          .overseer()
          .at(
              onItsWay,
              () -> {
                frozen(story, () -> story.require(0, "abort", FLAG));
                await(off);
              });

      Ended ended = story.begin("start", FLAG).end(SOON);

      story.settle();
      assertEquals(21, ended.code(), ended::toString);
      List<String> writes = story.writes(PRODUCTION).stream().map(Story.Write::form).toList();
      List<String> since = writes.subList(writes.indexOf("value=false"), writes.size());
      assertEquals(RAISE, since.get(1), () -> "it landed after the first off: " + writes);
      assertEquals("value=false", since.get(since.size() - 1), writes::toString);
      assertOffAndSealed(story);
    }
  }

  @Test
  void anAbortDoesNotWaitForATransactionThatStandsStill() {
    try (Story story = open()) {
      story
          .overseer()
          .at(
              new Point(Point.Moment.UNCOMMITTED, "ExposureIntended", 3),
              () ->
                  frozen(
                      story,
                      () -> {
                        Ended abort = story.run("abort", FLAG);
                        assertEquals(0, abort.code(), abort::toString);
                        assertTrue(abort.err().contains("warning: the journal"), abort::toString);
                      }));

      Ended ended = story.begin("start", FLAG).end(SOON);

      story.settle();
      assertEquals(21, ended.code(), ended::toString);
      assertEquals(List.of(), story.raises(PRODUCTION));
      assertTrue(story.playground().gates(PRODUCTION).isOff());
    }
  }

  @Test
  void whoeverSucceedsAFrozenRunnerIsTheOnlyOneToRaise() {
    try (Story story = open()) {
      freezeAt(
          story,
          Moment.LAST_CHECK_PASSED,
          () -> {
            assertEquals(5, story.run("resume", FLAG).code(), "it lives, and has its lease");
            Eventually.until(SOON, "a successor", () -> story.run("resume", FLAG).code() == 0);
          });

      Ended ended = story.begin("start", FLAG).end(SOON);

      story.settle();
      assertEquals(5, ended.code(), ended::toString);
      assertEquals(List.of("value=true"), story.raises("dev"));
      assertEquals(List.of("value=true"), story.raises("staging"));
      assertEquals(
          List.of(RAISE, RAISE.replace("5&", "50&"), "value=true"), story.raises(PRODUCTION));
      assertEquals("completed", story.playground().status().path("phase").asText());
    }
  }

  private Story open() {
    Story story = Story.open(directory, program, Plans.shortLease(), "healthy");
    story.door(PRODUCTION).closeIdleAfter(IDLE);
    return story;
  }

  /** Stops the runner there, has others do something, and lets it go on. */
  private static void freezeAt(Story story, Moment moment, Runnable meanwhile) {
    Overseer overseer = story.overseer();
    Runnable freeze = () -> frozen(story, meanwhile);
    overseer.once(
        "ExposureIntended",
        3,
        () -> {
          switch (moment) {
            case INTENT_IS_DURABLE -> freeze.run();
            case CONNECTION_IS_OPEN -> overseer.next(Point.Moment.CONNECTED, PRODUCTION, freeze);
            case FLAG_WAS_READ ->
                overseer.next(Point.Moment.ASKED, PRODUCTION + " GET /api/v4/features", freeze);
            case LAST_CHECK_PASSED -> overseer.next(Point.Moment.READ, "version", freeze);
          }
        });
  }

  private static void frozen(Story story, Runnable meanwhile) {
    Running runner = story.latest();
    runner.freeze();
    story.beside(
        () -> {
          try {
            meanwhile.run();
          } finally {
            runner.thaw();
          }
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void assertOffAndSealed(Story story) {
    assertTrue(story.playground().gates(PRODUCTION).isOff());
    assertTrue(story.playground().has("AbortRequested", 1));
    assertTrue(story.playground().status().path("sealed").asBoolean());
  }
}
