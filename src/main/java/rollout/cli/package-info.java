/**
 * The command line: thin commands, the one place where adapters meet ports, and the only package
 * that knows the clock, the environment and the terminal.
 */
package rollout.cli;
