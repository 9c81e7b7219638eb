package io.taskweaver.domain.analysis;

import io.taskweaver.domain.document.SourceSpan;

/** Lines of a document, and what was made of them. */
record Trace(SourceSpan at, LineUse use) {}
