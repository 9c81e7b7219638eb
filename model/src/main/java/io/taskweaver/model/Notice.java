package io.taskweaver.model;

import java.util.Optional;

/**
 * Something worth telling about a plan that does not stop it.
 *
 * @param code stable name of the rule, kebab case
 * @param message for a person
 */
public record Notice(String code, String message, Optional<SourceSpan> source) {}
