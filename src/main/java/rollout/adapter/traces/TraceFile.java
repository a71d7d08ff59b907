package rollout.adapter.traces;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import rollout.port.PortException;
import rollout.port.Traces;

/** Traces in a file, one JSON document on each line; blank lines are passed over. */
public final class TraceFile implements Traces, AutoCloseable {
  private final Path path;
  private final BufferedReader reader;
  private long line;

  /**
   * Opens the file.
   *
   * @throws PortException when it cannot be opened
   */
  public TraceFile(Path path) throws PortException {
    this.path = path;
    try {
      this.reader = Files.newBufferedReader(path);
    } catch (NoSuchFileException absent) {
      throw failure("there is no such file", absent);
    } catch (IOException failure) {
      throw failure("it cannot be opened: " + failure.getMessage(), failure);
    }
  }

  @Override
  public Optional<Unread> next() throws PortException {
    try {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        line++;
        if (!text.isBlank()) {
          return Optional.of(unread(text, line));
        }
      }
      return Optional.empty();
    } catch (IOException failure) {
      throw failure("it cannot be read after line " + line + ": " + failure.getMessage(), failure);
    }
  }

  private Unread unread(String text, long number) {
    return () -> {
      try {
        return new TraceReader(text).read();
      } catch (IOException broken) {
        throw failure("line " + number + ": " + broken.getMessage(), broken);
      }
    };
  }

  private PortException failure(String what, IOException cause) {
    return new PortException(PortException.Kind.REFUSED, 0, path + ": " + what, cause);
  }

  @Override
  public void close() throws PortException {
    try {
      reader.close();
    } catch (IOException failure) {
      throw failure("it cannot be closed: " + failure.getMessage(), failure);
    }
  }
}
