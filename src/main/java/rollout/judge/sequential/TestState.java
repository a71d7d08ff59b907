package rollout.judge.sequential;

import java.util.List;

/**
 * Everything the test remembers between two looks. Stored as this list of numbers (all finite) and
 * read back, it goes on exactly.
 *
 * @param numbers laid out as {@link Memory} says
 */
public record TestState(List<Double> numbers) {
  public TestState {
    numbers = List.copyOf(numbers);
  }
}
