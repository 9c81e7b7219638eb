package io.taskweaver.model;

import java.util.regex.Pattern;

/**
 * Id of a plan: lower-case letters, digits, '.', '_' and '-', at most 100 characters, beginning with a letter or digit.
 */
public record PlanId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    public PlanId {
        if (!FORM.matcher(value).matches()) throw new IllegalArgumentException("not a plan id: '" + value + "'");
    }

    @Override
    public String toString() {
        return value;
    }
}
