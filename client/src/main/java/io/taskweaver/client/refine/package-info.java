/** Asks in words what a plan is unsure of, and reads the answer. */
@NullMarked
package io.taskweaver.client.refine;

import org.jspecify.annotations.NullMarked;
