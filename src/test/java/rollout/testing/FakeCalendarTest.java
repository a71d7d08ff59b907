package rollout.testing;

import java.time.Instant;
import java.util.List;
import rollout.port.Calendar;
import rollout.port.CalendarContractTest;
import rollout.port.PortException;

/** The fake keeps the contract of the real ones. */
class FakeCalendarTest extends CalendarContractTest {
  private final FakeCalendar fake = new FakeCalendar();

  @Override
  protected Calendar calendar() {
    return fake;
  }

  @Override
  protected void show(String project) {
    fake.show(project);
  }

  @Override
  protected void open(String project, long iid, List<String> labels) {
    fake.open(project, iid, labels);
  }

  @Override
  protected void close(String project, long iid) {
    fake.close(project, iid);
  }

  @Override
  protected void freeze(String project, long id, Instant from) {
    fake.freeze(project, id, from);
  }

  @Override
  protected void breakNext() {
    fake.failNext(new PortException(PortException.Kind.NOT_DONE, 502, "Bad Gateway", null));
  }
}
