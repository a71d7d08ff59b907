package rollout.cli;

import picocli.CommandLine.IVersionProvider;

/** Which version this is, as the jar says. */
final class Version implements IVersionProvider {
  /** Name and version, as the journal keeps them. */
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return "rollout " + (version == null ? "development" : version);
  }

  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }
}
