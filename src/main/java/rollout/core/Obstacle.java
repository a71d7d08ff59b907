package rollout.core;

/**
 * Something that was found to stand against a raise.
 *
 * @param id what tells it from others of its check for good: an issue's address, a freeze period's
 *     number
 * @param text one line for people, of which parts may come from outside
 */
public record Obstacle(String id, String text) {}
