package io.taskweaver.wire.rest;

import io.taskweaver.model.BaseCommit;
import java.util.Objects;

/**
 * The code of a plan as commits, as the context service answers it.
 *
 * @param version number of merges
 * @param base code that the plan starts from
 * @param head last commit of the line, full object name; that of the base if nothing is merged
 */
public record LineView(long version, BaseCommit base, String head) {
    public LineView {
        Objects.requireNonNull(base, "no base");
        Objects.requireNonNull(head, "no head");
    }
}
