package rollout.testing;

import java.time.Duration;
import rollout.plan.FlagName;
import rollout.plan.GateState;
import rollout.port.Flags;
import rollout.port.FlagsContractTest;

class FakeFlagsTest extends FlagsContractTest {
  private final FakeFlags fake = new FakeFlags(clock, new Flags.User(7, "rollout-bot"));

  @Override
  protected Flags flags() {
    return fake;
  }

  @Override
  protected GateState truth(FlagName flag) {
    return fake.gates(flag);
  }

  @Override
  protected void byHand(FlagName flag, GateState gates) {
    fake.set(flag, gates);
  }

  @Override
  protected void nextWrite(Mishap mishap) {
    fake.armWrite(FakeFlags.Fault.valueOf(mishap.name()));
  }

  @Override
  protected void nextRead(Mishap mishap) {
    fake.armRead(FakeFlags.Fault.valueOf(mishap.name()));
  }

  @Override
  protected void readStale(Duration age) {
    fake.readStale(age);
  }
}
