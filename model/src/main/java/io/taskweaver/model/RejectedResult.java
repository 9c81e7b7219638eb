package io.taskweaver.model;

import java.util.Optional;

/**
 * A result that a person rejected.
 *
 * @param reason why
 * @param commit the result; empty if it changed nothing
 */
public record RejectedResult(String reason, Optional<String> commit) {}
