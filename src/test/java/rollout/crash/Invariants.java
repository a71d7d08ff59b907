package rollout.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold however a story was broken off. Each rule adds a sentence where it does not. */
final class Invariants {
  private final Story story;
  private final List<String> violations = new ArrayList<>();

  Invariants(Story story) {
    this.story = story;
  }

  /** What was broken so far. */
  List<String> violations() {
    return violations;
  }

  /** Right after a kill: every event that its process was told is durable is there, in order. */
  void checkAfterKill() {
    demand(isWhole(), "the file of the state is damaged");
    List<String> lost = new ArrayList<>(story.overseer().durable());
    for (String type : story.types()) {
      if (!lost.isEmpty() && lost.get(0).equals(type)) {
        lost.remove(0);
      }
    }
    demand(lost.isEmpty(), "events that were durable are lost: " + lost);
  }

  /** At the end. */
  void checkAtEnd(List<String> historyAtKill) {
    List<String> history = story.history();
    demand(
        history.size() >= historyAtKill.size()
            && history.subList(0, historyAtKill.size()).equals(historyAtKill),
        "the history that was there when it was killed has changed");
    List<JsonNode> events = story.playground().history();
    for (int i = 0; i < events.size(); i++) {
      demand(events.get(i).path("seq").asInt() == i + 1, "seq " + (i + 1) + " is not gapless");
    }
    story.environments().forEach(environment -> check(environment, events));
  }

  private void check(String environment, List<JsonNode> events) {
    List<Story.Write> writes = story.writes(environment);
    for (int i = 0; i < writes.size(); i++) {
      Story.Write write = writes.get(i);
      if (!write.isOff()) {
        checkIntent(write, events);
        String form = write.form();
        long repeated = writes.subList(0, i).stream().filter(w -> w.form().equals(form)).count();
        demand(repeated == 0, environment + " was sent " + form + " twice");
      }
    }
    Optional<Instant> takenBack = decidedAt(environment, events);
    if (takenBack.isPresent()) {
      checkTakenBack(environment, writes, takenBack.get());
    }
  }

  private void checkIntent(Story.Write write, List<JsonNode> events) {
    String type = write.isMarker() ? "MarkerIntended" : "ExposureIntended";
    long intents =
        events.stream()
            .filter(event -> event.path("type").asText().equals(type))
            .filter(event -> event.path("environment").asText().equals(write.environment()))
            .filter(event -> !Instant.parse(event.path("at").asText()).isAfter(write.at()))
            .count();
    long sent =
        story.writes(write.environment()).stream()
            .filter(one -> !one.isOff() && one.isMarker() == write.isMarker())
            .filter(one -> !one.at().isAfter(write.at()))
            .count();
    demand(intents >= sent, write + " went out without an intent before it");
  }

  private static Optional<Instant> decidedAt(String environment, List<JsonNode> events) {
    return events.stream()
        .filter(
            event ->
                event.path("type").asText().matches("RollbackDecided|AbortRequested")
                    && event.path("environments").toString().contains('"' + environment + '"'))
        .map(event -> Instant.parse(event.path("at").asText()))
        .findFirst();
  }

  private void checkTakenBack(String environment, List<Story.Write> writes, Instant decided) {
    List<Story.Write> after = writes.stream().filter(one -> one.at().isAfter(decided)).toList();
    demand(
        after.stream().allMatch(Story.Write::isOff),
        environment + " was raised after the decision to take it back: " + after);
    List<Story.Write> off = writes.stream().filter(Story.Write::isOff).toList();
    demand(off.size() >= 2, environment + " was told false only so often: " + off.size());
    if (off.size() >= 2) {
      Duration between = Duration.between(off.get(0).at(), off.get(off.size() - 1).at());
      demand(
          between.compareTo(Duration.ofMillis(100)) >= 0,
          environment + " was told false again after only " + between);
    }
    demand(story.playground().gates(environment).isOff(), environment + " is not off");
  }

  private boolean isWhole() {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + story.state());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
      return rows.next() && rows.getString(1).equals("ok");
    } catch (SQLException broken) {
      violations.add(broken.getMessage());
      return false;
    }
  }

  void demand(boolean holds, String otherwise) {
    if (!holds) {
      violations.add(otherwise);
    }
  }
}
