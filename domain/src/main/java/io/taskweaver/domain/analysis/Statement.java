package io.taskweaver.domain.analysis;

import io.taskweaver.domain.document.SourceSpan;

/** A constraint or boundary, in the document's words, on one line. */
public record Statement(String text, SourceSpan at) {}
