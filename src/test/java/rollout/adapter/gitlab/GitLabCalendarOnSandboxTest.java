package rollout.adapter.gitlab;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.adapter.http.Secret;
import rollout.port.Calendar;
import rollout.port.CalendarContractTest;
import rollout.sandbox.Fault;
import rollout.sandbox.Reply;
import rollout.sandbox.SandboxCalendar;
import rollout.sandbox.SandboxGitLab;
import rollout.sandbox.SandboxWorld;

/** The adapter over real HTTP. */
class GitLabCalendarOnSandboxTest extends CalendarContractTest {
  private final SandboxGitLab gitlab = new SandboxGitLab(() -> Instant.EPOCH);
  private final HttpClient client = new HttpClient();
  private Calendar calendar;

  @BeforeEach
  void start() {
    gitlab.start();
    Credentials bearer = Credentials.bearer(Secret.of(SandboxWorld.TOKEN));
    String url = gitlab.address().toString();
    calendar = new GitLabCalendar(new HttpEndpoint(client, url, bearer, HttpLimits.DEFAULT));
  }

  @AfterEach
  void stop() {
    client.close();
    gitlab.close();
  }

  @Override
  protected Calendar calendar() {
    return calendar;
  }

  @Override
  protected void show(String project) {
    gitlab.calendar().show(project);
  }

  @Override
  protected void open(String project, long iid, List<String> labels) {
    gitlab.calendar().open(project, new SandboxCalendar.Issue(iid, "It burns", labels, true));
  }

  @Override
  protected void close(String project, long iid) {
    gitlab.calendar().close(project, iid);
  }

  @Override
  protected void freeze(String project, long id, Instant from) {
    ZonedDateTime start = from.atZone(ZoneOffset.UTC);
    gitlab
        .calendar()
        .freeze(
            project, new SandboxCalendar.Freeze(id, cron(start), cron(start.plusMonths(6)), "UTC"));
  }

  private static String cron(ZonedDateTime time) {
    return "%d %d %d %d *"
        .formatted(time.getMinute(), time.getHour(), time.getDayOfMonth(), time.getMonthValue());
  }

  @Override
  protected void breakNext() {
    gitlab.faults().armRead(Fault.refused(Reply.text(502, "text/html", "<h1>Bad Gateway</h1>")));
  }
}
