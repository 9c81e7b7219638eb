package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import java.util.Optional;

/**
 * What a reader should know about how a document was taken.
 *
 * @param code stable name of the rule, kebab case
 * @param message for a person
 */
public record ReadingNotice(String code, String message, Optional<SourceSpan> at) {}
