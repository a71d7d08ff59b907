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
 * @param body of a POST
 * @param fresh whether a new connection must be made for it, which closes behind it
 */
public record HttpAsk(
    String method,
    List<String> path,
    List<Map.Entry<String, String>> query,
    Optional<Body> body,
    boolean fresh) {
  public HttpAsk {
    path = List.copyOf(path);
    query = List.copyOf(query);
  }

  /** What a POST carries. */
  sealed interface Body permits Form, Json {}

  /**
   * Fields as a browser would send them.
   *
   * @param fields in order
   */
  record Form(List<Map.Entry<String, String>> fields) implements Body {
    Form {
      fields = List.copyOf(fields);
    }
  }

  /** A JSON document. */
  record Json(String text) implements Body {}

  /** Asks for {@code path}. */
  public static HttpAsk get(String... path) {
    return new HttpAsk("GET", List.of(path), List.of(), Optional.empty(), false);
  }

  /** Posts a form, still empty, to {@code path}. */
  public static HttpAsk post(String... path) {
    return new HttpAsk("POST", List.of(path), List.of(), Optional.of(new Form(List.of())), false);
  }

  /** Posts a JSON document to {@code path}. */
  public static HttpAsk postJson(String json, String... path) {
    return new HttpAsk("POST", List.of(path), List.of(), Optional.of(new Json(json)), false);
  }

  /** This with one more parameter in the address. */
  public HttpAsk query(String name, String value) {
    return new HttpAsk(method, path, plus(query, name, value), body, fresh);
  }

  /**
   * This with one more field in the form.
   *
   * @throws IllegalStateException for anything but the post of a form
   */
  public HttpAsk field(String name, String value) {
    if (!(body.orElse(null) instanceof Form form)) {
      throw new IllegalStateException("this " + method + " has no form");
    }
    Body more = new Form(plus(form.fields(), name, value));
    return new HttpAsk(method, path, query, Optional.of(more), fresh);
  }

  /**
   * This on a connection of its own: what a write wants, so that it can neither wait behind nor be
   * lost in a connection that the server has long closed.
   */
  public HttpAsk onFreshConnection() {
    return new HttpAsk(method, path, query, body, true);
  }

  /** The fields of the form that it posts; none when it posts none. */
  public List<Map.Entry<String, String>> form() {
    return body.orElse(null) instanceof Form form ? form.fields() : List.of();
  }

  private static List<Map.Entry<String, String>> plus(
      List<Map.Entry<String, String>> some, String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(some);
    more.add(Map.entry(name, value));
    return more;
  }
}
