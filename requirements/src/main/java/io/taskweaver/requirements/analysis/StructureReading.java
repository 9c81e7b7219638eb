package io.taskweaver.requirements.analysis;

/**
 * STRUCTURE.md as it was read.
 *
 * @param structure what it says
 * @param account what became of each of its lines
 */
public record StructureReading(Structure structure, LineAccount account) {}
