package rollout.report;

import rollout.plan.Environment;
import rollout.plan.FlagName;
import rollout.plan.SecretRef;

/** Where a flag is changed, as a plan may show it: no variable resolved, no password shown. */
final class Address {
  private Address() {}

  /** The address of the flag in the Features API of this environment. */
  static String of(Environment environment, FlagName flag) {
    return base(environment) + "/api/v4/features/" + flag;
  }

  private static String base(Environment environment) {
    SecretRef url = environment.url();
    return url.kind() == SecretRef.Kind.TEXT
        ? url.text().replaceFirst("//[^/@]*@", "//***@").replaceFirst("/+$", "")
        : "<url of " + environment.name() + ">";
  }
}
