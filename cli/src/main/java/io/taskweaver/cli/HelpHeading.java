package io.taskweaver.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The heading below which help lists an option, or all options of a class; a field's wins over its class's. Options without
 * one come first: those that people need first.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.TYPE})
public @interface HelpHeading {
    /** Without colon; empty for none. */
    String value();
}
