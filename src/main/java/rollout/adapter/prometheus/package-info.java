/**
 * Evidence from Prometheus and from everything that speaks its query API: Thanos, Mimir,
 * VictoriaMetrics.
 */
package rollout.adapter.prometheus;
