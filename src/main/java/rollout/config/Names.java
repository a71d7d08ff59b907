package rollout.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.plan.ExposureCheck;
import rollout.plan.Origin;

/** Holds names against each other: what is named twice, what names nothing. */
final class Names {
  private final Problems problems;

  Names(Problems problems) {
    this.problems = problems;
  }

  /** Says which of these sections have a name that another one has, or that is taken. */
  void unique(String what, List<Spec> sections) {
    Map<String, Origin> seen = new HashMap<>();
    for (Spec section : sections) {
      Origin first = seen.putIfAbsent(section.name(), section.origin());
      if (first != null && section.isNamed()) {
        problems.error(
            section.origin(),
            "two "
                + what
                + "s are called \""
                + section.name()
                + "\", first on line "
                + first.line());
      }
      if (section.name().equals(ExposureCheck.NAME)) {
        problems.error(
            section.origin(), "\"exposure_check\" is taken; give this " + what + " another name");
      }
    }
  }

  /** Says when a name is none of those that are known. */
  boolean known(String what, String name, Origin origin, Collection<String> known) {
    if (!known.contains(name)) {
      problems.error(
          origin, "there is no " + what + " \"" + name + "\"; " + Nearest.suggestion(name, known));
      return false;
    }
    return true;
  }

  /** The same for each single value under a key. */
  void allKnown(String what, Spec section, String key, Collection<String> known) {
    for (YamlNode.Scalar name : section.texts(key)) {
      known(what, name.text(), name.origin(), known);
    }
  }

  /** The type of the source that a section names; empty, and said, when there is no such source. */
  Optional<String> sourceType(Spec file, Spec asking) {
    return asking
        .text("source")
        .filter(name -> known("source", name, asking.originOf("source"), file.names("sources")))
        .flatMap(name -> file.section("sources").section(name).text(FormCheck.TYPE));
  }
}
