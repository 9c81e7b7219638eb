package io.taskweaver.requirements.analysis;

/**
 * A document as it was read.
 *
 * @param analysis what it says
 * @param account what became of each of its lines
 */
public record AnalyzedDocument(Analysis analysis, LineAccount account) {}
