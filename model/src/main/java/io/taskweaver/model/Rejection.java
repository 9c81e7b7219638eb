package io.taskweaver.model;

import java.util.Optional;

/**
 * One reason why a submission cannot become a plan.
 *
 * @param code stable name of the rule, kebab case, e.g. {@code dependency-cycle}
 * @param message what is wrong
 * @param hint what to do about it
 */
public record Rejection(String code, String message, String hint, Optional<SourceSpan> source) {
    public Rejection {
        message = TextLimits.cut(message);
        hint = TextLimits.cut(hint);
    }
}
