/**
 * GitLab's Features API as the port {@link rollout.port.Flags}, and what {@code doctor} asks of it.
 */
package rollout.adapter.gitlab;
