package rollout.adapter.http;

import okhttp3.HttpUrl;

/** Reads the address of a server. */
final class BaseUrl {
  private BaseUrl() {}

  /** The address, its path without empty last segment. */
  static HttpUrl parse(String text) {
    HttpUrl url = HttpUrl.parse(text);
    if (url == null) {
      throw new IllegalArgumentException(
          "the address of a server must be an http or https URL such as https://gitlab.example.com");
    }
    // the text is not repeated: it may hold a password
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      throw new IllegalArgumentException(
          "the address of " + url.host() + " holds a user or password; give them apart from it");
    }
    if (url.query() != null || url.fragment() != null) {
      throw new IllegalArgumentException(
          "the address of " + url.host() + " must end with its path, without ? or #");
    }
    int last = url.pathSize() - 1;
    return url.pathSegments().get(last).isEmpty()
        ? url.newBuilder().removePathSegment(last).build()
        : url;
  }
}
