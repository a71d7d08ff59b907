package rollout.adapter.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import rollout.adapter.http.HttpAnswer;
import rollout.adapter.http.HttpAsk;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpFailure;
import rollout.port.Health;
import rollout.port.PortException;

/** What {@code doctor} wants to know of a GitLab. Two or three reads, no write. */
public final class GitLabHealth implements Health {
  private static final Duration SLIGHT_SKEW = Duration.ofSeconds(5);
  private static final Duration GRAVE_SKEW = Duration.ofSeconds(60);
  private static final int DAYS_TO_WARN = 14;

  private final HttpEndpoint server;
  private final InstantSource clock;

  /**
   * @param server the GitLab's base URL with the token as bearer
   * @param clock ours, to compare GitLab's with
   */
  public GitLabHealth(HttpEndpoint server, InstantSource clock) {
    this.server = server;
    this.clock = clock;
  }

  @Override
  public List<Finding> examine() {
    HttpAsk who = HttpAsk.get("api", "v4", "user");
    Trouble trouble = Trouble.reading(server, who);
    try {
      HttpAnswer answer = server.send(who);
      List<Finding> findings = new ArrayList<>();
      findings.add(new Finding(Wellness.WELL, "reached", server.address()));
      findings.add(skew(answer));
      if (answer.status() != 200) {
        findings.add(new Finding(Wellness.ILL, "token", trouble.with(answer).getMessage()));
        return findings;
      }
      findings.addAll(user(answer.json()));
      findings.addAll(token());
      findings.add(query());
      return findings;
    } catch (HttpFailure failure) {
      String subject = failure.mayHaveReached() ? "token" : "reached";
      return List.of(new Finding(Wellness.ILL, subject, trouble.with(failure).getMessage()));
    }
  }

  private Finding skew(HttpAnswer answer) {
    if (answer.date().isEmpty()) {
      return new Finding(Wellness.DOUBTFUL, "clock", "the server does not say its time");
    }
    Instant ours = clock.instant();
    Duration skew = Duration.between(ours, answer.date().get()).abs();
    String detail = "the server's clock differs from ours by " + skew.toSeconds() + " s";
    if (skew.compareTo(GRAVE_SKEW) > 0) {
      return new Finding(
          Wellness.ILL, "clock", detail + "; set the clock of this machine before a rollout");
    }
    boolean slight = skew.compareTo(SLIGHT_SKEW) > 0;
    return new Finding(slight ? Wellness.DOUBTFUL : Wellness.WELL, "clock", detail);
  }

  private static List<Finding> user(JsonNode user) {
    String name = HttpAnswer.oneLine(user.path("username").asText("?"));
    String who = "user " + name + " (id " + user.path("id").asText("?") + ")";
    return List.of(
        new Finding(Wellness.WELL, "token", who), administrator(user.path("is_admin"), name));
  }

  private static Finding administrator(JsonNode isAdmin, String name) {
    String subject = "administrator";
    if (!isAdmin.isBoolean()) {
      return new Finding(
          Wellness.DOUBTFUL, subject, "could not tell; GitLab does not say it of " + name);
    }
    return isAdmin.booleanValue()
        ? new Finding(Wellness.WELL, subject, name + " is one")
        : new Finding(Wellness.ILL, subject, name + " is none; flags are for administrators");
  }

  private List<Finding> token() {
    try {
      HttpAnswer answer = server.send(HttpAsk.get("api", "v4", "personal_access_tokens", "self"));
      if (answer.status() == 200) {
        JsonNode token = answer.json();
        return List.of(scopes(token.path("scopes")), expiry(token));
      }
      return untold("GitLab answered " + answer.status());
    } catch (HttpFailure failure) {
      return untold(failure.getMessage());
    }
  }

  private static List<Finding> untold(String why) {
    String detail = "could not tell: " + why;
    return List.of(
        new Finding(Wellness.DOUBTFUL, "scopes", detail),
        new Finding(Wellness.DOUBTFUL, "expiry", detail));
  }

  private static Finding scopes(JsonNode scopes) {
    List<String> names = new ArrayList<>();
    scopes.forEach(scope -> names.add(HttpAnswer.oneLine(scope.asText())));
    String detail = String.join(", ", names);
    if (!names.contains("api")) {
      return new Finding(
          names.contains("read_api") ? Wellness.DOUBTFUL : Wellness.ILL,
          "scopes",
          detail + "; a rollout needs api, and admin_mode where Admin Mode is on");
    }
    String hint = "; without admin_mode it works only where Admin Mode is off";
    return new Finding(
        Wellness.WELL, "scopes", names.contains("admin_mode") ? detail : detail + hint);
  }

  private Finding expiry(JsonNode token) {
    String text = token.path("expires_at").asText("");
    if (token.path("expires_at").isNull()) {
      return new Finding(Wellness.WELL, "expiry", "never");
    }
    try {
      LocalDate end = LocalDate.parse(text);
      boolean soon = today().plusDays(DAYS_TO_WARN).isAfter(end);
      String hint = soon ? "; renew it before a rollout that may last longer" : "";
      return new Finding(soon ? Wellness.DOUBTFUL : Wellness.WELL, "expiry", end + hint);
    } catch (DateTimeParseException unreadable) {
      return new Finding(
          Wellness.DOUBTFUL, "expiry", "could not tell: \"" + HttpAnswer.oneLine(text) + "\"");
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private Finding query() {
    try {
      int count = new GitLabFlags(server).list().size();
      return new Finding(Wellness.WELL, "query", count + " flags are stored");
    } catch (PortException failed) {
      return new Finding(Wellness.ILL, "query", failed.getMessage());
    }
  }
}
