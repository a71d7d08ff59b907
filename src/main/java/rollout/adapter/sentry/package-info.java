/** Evidence from Sentry: how many issues are new, how many events there were. */
package rollout.adapter.sentry;
