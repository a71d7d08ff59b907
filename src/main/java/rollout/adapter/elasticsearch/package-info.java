/** Evidence from logs: Elasticsearch 7 or later, and OpenSearch. */
package rollout.adapter.elasticsearch;
