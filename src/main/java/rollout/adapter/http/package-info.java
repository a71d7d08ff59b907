/**
 * The one way out: every adapter asks its server through {@link rollout.adapter.http.HttpEndpoint}.
 *
 * <p>What it guarantees: a total deadline, a limit on the decompressed body, no redirect is
 * followed, no body is sent twice, no proxy, HTTP/1.1, and no secret in any message. OkHttp's types
 * do not leave this package.
 */
package rollout.adapter.http;
