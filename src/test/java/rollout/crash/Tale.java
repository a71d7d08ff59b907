package rollout.crash;

import java.util.List;
import java.util.function.Consumer;

/**
 * A story that can be told again and again, and broken off anywhere.
 *
 * @param name in messages
 * @param plan rollout.yaml
 * @param scenario of the sandbox
 * @param before what happens before the process that is killed begins
 * @param meanwhile what others do while it runs: arms actions of the overseer
 * @param victim the command that is killed
 * @param recovery the commands that follow once it is dead, when the state knows of a rollout;
 *     otherwise the victim's own command is given again
 * @param anew whether a point counts although another tale has it, too
 */
record Tale(
    String name,
    String plan,
    String scenario,
    Consumer<Story> before,
    Consumer<Story> meanwhile,
    List<String> victim,
    List<List<String>> recovery,
    boolean anew) {
  @Override
  public String toString() {
    return name;
  }
}
