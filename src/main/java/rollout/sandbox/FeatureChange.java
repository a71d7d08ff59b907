package rollout.sandbox;

import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What GitLab's {@code Admin::SetFeatureFlagService} makes of one request. Pure: says what the flag
 * would be, or why not.
 *
 * @param flag after the change; not stored when it is {@code unstored}
 * @param refusal GitLab's answer instead
 */
record FeatureChange(Optional<SandboxFlag> flag, boolean unstored, Optional<Reply> refusal) {
  private static final Set<String> ON = Set.of("100", "100.0", "true");
  private static final Set<String> OFF = Set.of("0", "0.0", "false");
  private static final String ACTORS = "percentage_of_actors";
  private static final String TIME = "percentage_of_time";
  private static final String OPT_OUT = ":opt_out";

  /** GitLab's own expression: ^ and $ are those of a line, so "5\nx" passes. */
  private static final Pattern PERCENTAGE = Pattern.compile("(?m)^[0-9]+(\\.[0-9]+)?$");

  private static final Pattern LEADING_NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");

  /** A user, group, project or feature group that was named. */
  private record Target(String parameter, String name, String gate) {
    boolean isGroup() {
      return parameter.equals("feature_group");
    }

    String shown() {
      return switch (parameter) {
        case "user" -> "#<User id:" + gate.substring("User:".length()) + " @" + name + ">";
        case "feature_group" -> "#<Flipper::Types::Group:" + name + ">";
        default -> "#<" + gate.replace(":", " id:") + " " + name + ">";
      };
    }

    String reference() {
      return parameter.equals("user") ? "@" + name : name;
    }
  }

  static FeatureChange of(SandboxFlag flag, FeatureParams params, SandboxWorld world) {
    if (!params.complaints().isEmpty()) {
      return refused(Reply.json(400, "error", String.join(", ", params.complaints())));
    }
    return params.hasTargets() ? forTargets(flag, params, world) : global(flag, params);
  }

  private static FeatureChange global(SandboxFlag flag, FeatureParams params) {
    if (ON.contains(params.value())) {
      return changed(SandboxFlag.global(flag.name(), true));
    }
    if (OFF.contains(params.value())) {
      return changed(SandboxFlag.global(flag.name(), false));
    }
    boolean isPercentage = PERCENTAGE.matcher(params.value()).find();
    String key = params.key().orElse(TIME);
    if (key.equals(ACTORS)) {
      return isPercentage ? percentage(flag, params, ACTORS) : bad("Not a percentage");
    }
    return isPercentage && key.equals(TIME)
        ? percentage(flag, params, TIME)
        : bad("Cannot set '" + flag.name() + "'" + keyShown(params) + " to " + quoted(params));
  }

  private static FeatureChange percentage(SandboxFlag flag, FeatureParams params, String key) {
    if (flag.state().equals("on")) {
      String what = key.replace('_', ' ');
      return bad("Cannot enable " + what + " for a fully-enabled flag");
    }
    BigDecimal percent = leadingNumber(params.value());
    if (percent.compareTo(BigDecimal.valueOf(100)) > 0) {
      return refused(Reply.json(500, "message", "500 Internal Server Error"));
    }
    return changed(
        key.equals(ACTORS)
            ? flag.withPercentageOfActors(percent)
            : flag.withPercentageOfTime(percent));
  }

  private static BigDecimal leadingNumber(String text) {
    Matcher number = LEADING_NUMBER.matcher(text);
    return number.lookingAt() ? new BigDecimal(number.group()) : BigDecimal.ZERO;
  }

  private static FeatureChange forTargets(
      SandboxFlag flag, FeatureParams params, SandboxWorld world) {
    List<Target> targets = new ArrayList<>();
    for (String parameter : FeatureParams.TARGETS) {
      for (String name : named(params, parameter)) {
        Optional<String> gate =
            parameter.equals("feature_group") ? Optional.of(name) : world.actor(parameter, name);
        if (gate.isEmpty()) {
          return bad(name + " is not found!");
        }
        targets.add(new Target(parameter, name, gate.get()));
      }
    }
    FeatureChange change =
        new FeatureChange(Optional.of(flag), targets.isEmpty(), Optional.empty());
    for (Target target : targets) {
      change = change.refusal.isPresent() ? change : one(change.flag.get(), params, target);
    }
    return change;
  }

  private static List<String> named(FeatureParams params, String parameter) {
    String names = params.texts().getOrDefault(parameter, "");
    return names.isEmpty() ? List.of() : List.of(names.split(","));
  }

  private static FeatureChange one(SandboxFlag flag, FeatureParams params, Target target) {
    String gate = target.gate;
    boolean isOptedOut = flag.actors().contains(gate + OPT_OUT);
    if (ON.contains(params.value())) {
      if (isOptedOut) {
        return bad(
            "Opt-out exists for " + target.reference() + " - remove opt-out before enabling");
      }
      return changed(
          target.isGroup()
              ? flag.changingGroups(groups -> groups.add(gate))
              : flag.changingActors(actors -> actors.add(gate)));
    }
    if (OFF.contains(params.value())) {
      return changed(
          target.isGroup()
              ? flag.changingGroups(groups -> groups.remove(gate))
              : flag.changingActors(actors -> actors.remove(gate)));
    }
    return optOut(flag, params, target, isOptedOut);
  }

  private static FeatureChange optOut(
      SandboxFlag flag, FeatureParams params, Target target, boolean isOptedOut) {
    String gate = target.gate + OPT_OUT;
    if (params.value().equals("opt_out") && !target.isGroup()) {
      return changed(flag.changingActors(actors -> actors.add(gate)));
    }
    if (params.value().equals("remove_opt_out") && !target.isGroup()) {
      return isOptedOut
          ? changed(flag.changingActors(actors -> actors.remove(gate)))
          : bad("No opt-out exists for " + target.shown());
    }
    return bad("Cannot set '" + flag.name() + "' to " + quoted(params) + " for " + target.shown());
  }

  private static String keyShown(FeatureParams params) {
    String key = params.key().orElse("");
    return key.isEmpty() ? "" : " (" + TextNode.valueOf(key) + ")";
  }

  private static String quoted(FeatureParams params) {
    return TextNode.valueOf(params.value()).toString();
  }

  private static FeatureChange changed(SandboxFlag flag) {
    return new FeatureChange(Optional.of(flag), false, Optional.empty());
  }

  private static FeatureChange bad(String what) {
    return refused(Reply.json(400, "message", "400 Bad request - " + what));
  }

  private static FeatureChange refused(Reply reply) {
    return new FeatureChange(Optional.empty(), true, Optional.of(reply));
  }
}
