package rollout.adapter.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request, without the server it goes to. Every part is given as it is meant; encoding is done
 * when it is sent.
 *
 * @param method {@code GET} or {@code POST}
 * @param path segments below the server's base address; an empty last one makes a slash at the end
 * @param query parameters of the address, in order; names may recur
 * @param form fields of the body of a POST, in order
 * @param fresh whether a new connection must be made for it, which closes behind it
 */
public record HttpAsk(
    String method,
    List<String> path,
    List<Map.Entry<String, String>> query,
    Optional<List<Map.Entry<String, String>>> form,
    boolean fresh) {
  public HttpAsk {
    path = List.copyOf(path);
    query = List.copyOf(query);
    form = form.map(List::copyOf);
  }

  /** Asks for {@code path}. */
  public static HttpAsk get(String... path) {
    return new HttpAsk("GET", List.of(path), List.of(), Optional.empty(), false);
  }

  /** Posts a form, still empty, to {@code path}. */
  public static HttpAsk post(String... path) {
    return new HttpAsk("POST", List.of(path), List.of(), Optional.of(List.of()), false);
  }

  /** This with one more parameter in the address. */
  public HttpAsk query(String name, String value) {
    return new HttpAsk(method, path, plus(query, name, value), form, fresh);
  }

  /**
   * This with one more field in the form.
   *
   * @throws IllegalStateException for a GET
   */
  public HttpAsk field(String name, String value) {
    List<Map.Entry<String, String>> fields =
        form.orElseThrow(() -> new IllegalStateException("a " + method + " has no form"));
    return new HttpAsk(method, path, query, Optional.of(plus(fields, name, value)), fresh);
  }

  /**
   * This on a connection of its own: what a write wants, so that it can neither wait behind nor be
   * lost in a connection that the server has long closed.
   */
  public HttpAsk onFreshConnection() {
    return new HttpAsk(method, path, query, form, true);
  }

  private static List<Map.Entry<String, String>> plus(
      List<Map.Entry<String, String>> some, String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(some);
    more.add(Map.entry(name, value));
    return more;
  }
}
