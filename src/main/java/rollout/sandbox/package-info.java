/**
 * Servers that behave like the real ones, over real HTTP on the loopback interface, with faults on
 * demand. Part of the product: {@code start --sandbox} runs a whole plan against them.
 */
package rollout.sandbox;
