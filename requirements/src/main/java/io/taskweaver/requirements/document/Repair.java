package io.taskweaver.requirements.document;

import io.taskweaver.model.SourceSpan;

/**
 * Something in a document that was read otherwise than Markdown says, or that its writer should look at.
 *
 * @param code stable name of the rule, kebab case
 * @param message for a person
 */
public record Repair(String code, String message, SourceSpan at) {}
