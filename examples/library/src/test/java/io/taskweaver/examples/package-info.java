/** The examples do what they say. */
@NullMarked
package io.taskweaver.examples;

import org.jspecify.annotations.NullMarked;
