package rollout.crash;

import static rollout.testing.Playground.FLAG;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import rollout.plan.Exposure;
import rollout.plan.Gate;
import rollout.plan.GateState;

/** The stories that are killed. */
final class Tales {
  private static final Consumer<Story> NOTHING = story -> {};
  private static final List<String> START = List.of("start", FLAG);
  private static final List<String> RESUME = List.of("resume", FLAG);
  private static final List<String> REPLAN =
      List.of("replan", FLAG, "--reason", "five minutes are long");
  private static final List<String> ABORT = List.of("abort", FLAG);

  private Tales() {}

  /** The one whose points are left out of all others: most of their ways are its way. */
  static Tale healthy() {
    return driven("healthy", Plans.fiveStages(), "healthy", NOTHING, RESUME);
  }

  static List<Tale> all() {
    return List.of(
        healthy(),
        driven("breach", Plans.fiveStages(), "errors@full", NOTHING, RESUME),
        driven("abort", Plans.longAtFivePercent(), "healthy", Tales::abortInMidBake, RESUME),
        new Tale(
            "cells",
            Plans.withCells(),
            "healthy",
            NOTHING,
            NOTHING,
            List.of("start", FLAG, "--until", "staging"),
            List.of(List.of("start", FLAG, "--until", "staging")),
            true),
        driven("approval", Plans.withApproval(), "healthy", Tales::approveWhenAsked, RESUME),
        driven(
            "drift",
            Plans.fiveStages(),
            "healthy",
            Tales::driftInMidBake,
            List.of("resume", FLAG, "--adopt")),
        new Tale(
            "adopted",
            Plans.fiveStages(),
            "healthy",
            Tales::leaveLowerEnvironmentsOn,
            NOTHING,
            START,
            List.of(RESUME),
            false),
        new Tale(
            "aborting",
            Plans.fiveStages(),
            "healthy",
            story -> story.require(0, "start", FLAG, "--until", "low"),
            NOTHING,
            ABORT,
            List.of(ABORT, RESUME),
            false),
        request("hold", Plans.fiveStages(), List.of("hold", FLAG)),
        request("approve", Plans.withApproval(), List.of("approve", FLAG)),
        new Tale(
            "replan",
            Plans.longAtFivePercent(),
            "healthy",
            story -> {
              story.require(0, "stage", FLAG, "dev");
              story.require(0, "stage", FLAG, "staging");
              story.edit(Plans.fiveStages());
            },
            NOTHING,
            REPLAN,
            List.of(REPLAN, RESUME),
            false),
        new Tale(
            "resume",
            Plans.fiveStages(),
            "healthy",
            story -> {
              story.require(0, "start", FLAG, "--until", "staging");
              story.require(0, "hold", FLAG);
            },
            NOTHING,
            RESUME,
            List.of(RESUME),
            false),
        new Tale(
            "stage",
            Plans.fiveStages(),
            "healthy",
            story -> story.require(0, "stage", FLAG, "dev"),
            NOTHING,
            List.of("stage", FLAG, "staging"),
            List.of(List.of("stage", FLAG, "staging")),
            false),
        new Tale(
            "twice",
            Plans.fiveStages(),
            "healthy",
            Tales::killWithAnIntent,
            NOTHING,
            RESUME,
            List.of(RESUME),
            true));
  }

  private static Tale driven(
      String name, String plan, String scenario, Consumer<Story> meanwhile, List<String> recovery) {
    return new Tale(name, plan, scenario, NOTHING, meanwhile, START, List.of(recovery), false);
  }

  private static Tale request(String name, String plan, List<String> request) {
    return new Tale(
        name,
        plan,
        "healthy",
        story -> {
          story.require(0, "stage", FLAG, "dev");
          story.run("stage", FLAG, "staging");
        },
        NOTHING,
        request,
        List.of(request, RESUME),
        false);
  }

  /** The intent of 5 % is durable, and nothing was sent. */
  private static void killWithAnIntent(Story story) {
    story.overseer().once("ExposureIntended", 3, () -> story.latest().kill());
    story.begin(START.toArray(String[]::new)).end(Duration.ofMinutes(10));
  }

  /** Dev's and staging's bakes began before: the third one is that of 5 %. */
  private static void abortInMidBake(Story story) {
    story
        .overseer()
        .once(
            "StageVerified",
            3,
            () -> story.beside(() -> story.require(0, "abort", FLAG, "--reason", "pager")));
  }

  private static void approveWhenAsked(Story story) {
    story
        .overseer()
        .once("ApprovalAsked", 1, () -> story.beside(() -> story.require(0, "approve", FLAG)));
  }

  private static void driftInMidBake(Story story) {
    story
        .overseer()
        .once(
            "StageVerified",
            3,
            () -> {
              var gitLab = story.playground().gitLab("production");
              gitLab.set(
                  FLAG,
                  story
                      .playground()
                      .gates("production")
                      .with(Gate.PERCENTAGE_OF_ACTORS, Exposure.parse("20%")));
            });
    story
        .overseer()
        .once(
            "DriftSeen",
            1,
            () -> {
              if (story.isDriven()) {
                story.beside(() -> story.run("resume", FLAG, "--adopt", "--max-wait", "1ms"));
              }
            });
  }

  private static void leaveLowerEnvironmentsOn(Story story) {
    GateState on = GateState.OFF.with(Gate.PERCENTAGE_OF_ACTORS, Exposure.parse("100%"));
    story.playground().gitLab("dev").set(FLAG, on);
    story.playground().gitLab("staging").set(FLAG, on);
  }
}
