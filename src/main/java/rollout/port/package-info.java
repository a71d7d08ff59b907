/**
 * What the shell needs of the world, as small interfaces. Adapters implement them, {@code engine}
 * uses them, tests hold every implementation to one contract.
 */
package rollout.port;
