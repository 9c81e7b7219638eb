package io.taskweaver.model;

/**
 * What runs of coding agents cost.
 *
 * @param costMicros millionths of a US dollar; 0 where the agent does not say
 */
public record Usage(long inputTokens, long outputTokens, long costMicros) {
    public static final Usage NONE = new Usage(0, 0, 0);

    public Usage {
        if (inputTokens < 0 || outputTokens < 0 || costMicros < 0)
            throw new IllegalArgumentException("usage must not be negative");
    }

    public long tokens() {
        return inputTokens + outputTokens;
    }

    public Usage plus(Usage other) {
        if (other.equals(NONE)) return this;
        if (equals(NONE)) return other;
        return new Usage(
                inputTokens + other.inputTokens, outputTokens + other.outputTokens, costMicros + other.costMicros);
    }

    /** Without what was added before. */
    public Usage minus(Usage part) {
        if (part.equals(NONE)) return this;
        return new Usage(
                inputTokens - part.inputTokens, outputTokens - part.outputTokens, costMicros - part.costMicros);
    }
}
