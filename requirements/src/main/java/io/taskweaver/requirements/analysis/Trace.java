package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;

/** Lines of a document, and what was made of them. */
record Trace(SourceSpan at, LineUse use) {}
