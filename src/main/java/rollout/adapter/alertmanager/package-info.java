/** Evidence from alerts that fire. */
package rollout.adapter.alertmanager;
