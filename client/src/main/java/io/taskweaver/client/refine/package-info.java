/** Asks for changes to a plan in words, and reads them from the answer. */
@NullMarked
package io.taskweaver.client.refine;

import org.jspecify.annotations.NullMarked;
