/** Learns to infer dependencies from labelled plans, and measures how well. */
@org.jspecify.annotations.NullMarked
package io.taskweaver.bench.inference;
